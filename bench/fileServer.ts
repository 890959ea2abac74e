/** A hub with one file, for bench/download.ts, as fast as it goes or at a given rate, in a process of its own: the answer to HEAD as the Hub gives it, and the bytes. */
import { createReadStream, statSync } from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";

const [file = "", sha256 = "", limit = "0"] = process.argv.slice(2);
const bytesPerMs = Number(limit) * 1000;
const { size } = statSync(file);

const server = http.createServer((request, response) => {
  response.writeHead(200, {
    "content-length": String(size),
    "x-linked-size": String(size),
    "x-linked-etag": `"${sha256}"`,
    "x-repo-commit": "0".repeat(40),
  });
  if (request.method === "HEAD") {
    response.end();
  } else {
    const bytes = createReadStream(file, { highWaterMark: 1 << 20 });
    pipeline(bytesPerMs === 0 ? bytes : paced(bytes), response, () => undefined);
  }
});

/** As a network of that speed would bring it. */
async function* paced(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const begun = performance.now();
  let sent = 0;
  for await (const piece of pieces) {
    yield piece;
    sent += piece.length;
    await delay(Math.max(0, begun + sent / bytesPerMs - performance.now()));
  }
}

server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));

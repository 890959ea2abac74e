/** A hub with one file, for bench/download.ts, in a process of its own: the answer to HEAD as the Hub gives it, and the bytes. */
import { createReadStream, statSync } from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream";

const [file = "", sha256 = ""] = process.argv.slice(2);
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
    pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), response, () => undefined);
  }
});
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));

/** Models are downloaded by a process of their own behind the inference process: from end to end, and when either is killed. */
import assert from "node:assert/strict";
import { once } from "node:events";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { CancellationTokenSource } from "vscode-languageserver-protocol/node";
import {
  DownloadModelRequest,
  LocateModelRequest,
  type DownloadProgress,
  type HubSource,
} from "../../src/protocol/models";
import { BUFFER_BYTES } from "../../src/server/models/hub/partialFile";
import { startFake } from "../support/fakeProcess";
import { ggufNoise, MockHub, sha256 } from "../support/hub/mockHub";
import type { LspClient } from "../../scripts/client/lspClient";

const REPO = "TheBloke/Llama-2-7B-Chat-GGUF";
const FILE = "llama-2-7b-chat.Q4_K_M.gguf";

suite("downloading through the inference process", function () {
  this.timeout(60_000);
  let hub: MockHub;
  let folder: string;
  let source: HubSource;
  let content: Buffer;

  setup(async () => {
    hub = await MockHub.start();
    folder = await fs.mkdtemp(path.join(os.tmpdir(), "llama2-hub-"));
    content = ggufNoise(5_000_000);
    hub.add(REPO, { [FILE]: content });
    source = { kind: "hub", repo: REPO, file: FILE, sha256: sha256(content) };
  });

  teardown(async () => {
    await hub.stop();
    await fs.rm(folder, { recursive: true });
  });

  function start(): Promise<LspClient> {
    const settings = { hub: { endpoint: hub.endpoint, cacheFolder: path.join(folder, "hub") } };
    return startFake({ rules: [] }, settings);
  }

  test("gives a file that is whole, tells how far it is, and knows it afterwards without a network", async () => {
    const client = await start();
    const progress: DownloadProgress[] = [];
    client.connection.onProgress(DownloadModelRequest.type, "p", (one) => {
      progress.push(one);
    });
    const result = await client.connection.sendRequest(DownloadModelRequest.type, { source, partialResultToken: "p" });
    assert.equal(sha256(await fs.readFile(result.path)), sha256(content));
    assert.equal(progress.at(-1)?.phase, "verifying");
    const there = await client.connection.sendRequest(LocateModelRequest.type, { source });
    assert.ok(there.kind === "present" && there.model.path === result.path);
    assert.equal(await client.stop(), 0);
  });

  test("goes on where it was when the processes are killed at random points, 20 times", async () => {
    const kills = 20;
    content = ggufNoise((kills + 2) * 1_500_000);
    hub.add(REPO, { [FILE]: content });
    source = { ...source, sha256: sha256(content) };
    Object.assign(hub.knobs, { pieceBytes: 32_768, pauseMs: 1 });
    const random = seeded(7);
    const reported: number[] = [];
    for (let kill = 1; kill <= kills; kill++) {
      const client = await start();
      const onServer = kill % 2 === 0; // else the hub process, and the inference process asks the next one
      const at = Math.floor((kill + random()) * 1_500_000);
      const gone = new Promise<void>((resolve) => {
        hub.knobs.onPiece = (end) => {
          if (end >= at) {
            hub.knobs.onPiece = undefined;
            process.kill(onServer ? (client.process.pid ?? 0) : hubPid(client), "SIGKILL");
            resolve();
          }
        };
      });
      client.connection.onProgress(DownloadModelRequest.type, "p", ({ bytes }) => {
        reported.push(bytes);
      });
      const cancel = new CancellationTokenSource();
      const before = hub.starts.length;
      const params = { source, partialResultToken: "p" };
      const asking = client.connection
        .sendRequest(DownloadModelRequest.type, params, cancel.token)
        .catch(() => undefined);
      await gone;
      if (onServer) {
        await once(client.process, "exit");
        continue;
      }
      // the next process has taken over
      await until(() => hub.starts.length > before + 1);
      cancel.cancel();
      await asking;
      await client.stop();
    }
    hub.knobs.pauseMs = 0;
    const client = await start();
    const result = await client.connection.sendRequest(DownloadModelRequest.type, { source });
    await client.stop();
    assert.equal(sha256(await fs.readFile(result.path)), sha256(content));
    assert.deepEqual(
      hub.starts,
      [...hub.starts].sort((a, b) => a - b),
      "nothing begins before where it had been",
    );
    assert.ok(hub.starts.length > kills);
    // what was reported had come; it is asked for again only as far as it stood in the two buffers
    const furthest = Math.max(...reported);
    assert.ok(furthest - (hub.starts.at(-1) ?? 0) <= 2 * BUFFER_BYTES);
    assert.deepEqual(hub.leaks, []);
    const left = await fs.readdir(path.join(folder, "hub"), { recursive: true });
    assert.deepEqual(
      left.filter((name) => /incomplete|\.pid/.test(name)),
      [],
    );
  }).timeout(180_000);

  function hubPid(client: LspClient): number {
    const pids = client.log.map((line) => /hub process (\d+) runs/.exec(line)?.[1]).filter((pid) => pid !== undefined);
    return Number(pids.at(-1));
  }
});

/** The same numbers in each run, from 0 to 1. Park and Miller's generator. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

async function until(condition: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 30_000; !condition();) {
    assert.ok(Date.now() < deadline, "waited too long");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Models are downloaded by a process of their own behind the inference process: from end to end, and when either is killed. */
import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import {
  DownloadModelRequest,
  LocateModelRequest,
  type DownloadProgress,
  type HubSource,
} from "../../src/protocol/models";
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
});

/** The models on this machine through the inference process: listed, verified, deleted, their headers read. */
import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { CancellationTokenSource } from "vscode-languageserver-protocol/node";
import type { LspClient } from "../../scripts/client/lspClient";
import { engineErrorMessage, parseEngineErrorData, type EngineErrorData } from "../../src/protocol/engineErrors";
import {
  DeleteModelRequest,
  ListModelsRequest,
  ModelHeaderRequest,
  VerifyModelRequest,
  type InstalledModel,
  type VerifyProgress,
} from "../../src/protocol/localModels";
import { DownloadModelRequest } from "../../src/protocol/models";
import { startFake } from "../support/fakeProcess";
import { ggufFile, LANGUAGE_MODEL } from "../support/ggufFile";
import { MockHub, sha256 } from "../support/hub/mockHub";
import { ModelFolders, REPO } from "../support/modelFolders";
import { tinyCodeModelPath } from "../support/models";

const FILE = "codellama-7b.Q4_K_M.gguf";

suite("the models on this machine", function () {
  this.timeout(60_000);
  let hub: MockHub;
  let folders: ModelFolders;
  let tiny: Buffer;
  const clients: LspClient[] = [];

  setup(async () => {
    hub = await MockHub.start();
    folders = await ModelFolders.make();
    tiny = await fs.readFile(tinyCodeModelPath);
  });

  teardown(async () => {
    await Promise.all(clients.splice(0).map((client) => client.stop()));
    await hub.stop();
    await folders.remove();
  });

  async function start(chatModelPath = ""): Promise<LspClient> {
    const settings = {
      chat: { modelPath: chatModelPath },
      hub: { endpoint: hub.endpoint, cacheFolder: folders.cacheFolder },
    };
    const { home } = folders;
    const env = {
      HOME: home,
      USERPROFILE: home,
      OLLAMA_MODELS: path.join(home, ".ollama/models"),
      LLAMA_CACHE: path.join(home, "llama.cpp"),
    };
    const client = await startFake({ rules: [] }, settings, { env });
    clients.push(client);
    return client;
  }

  function list(client: LspClient, files: readonly string[] = []): Promise<readonly InstalledModel[]> {
    return client.connection.sendRequest(ListModelsRequest.type, { files });
  }

  async function refusal(work: Promise<unknown>): Promise<EngineErrorData | undefined> {
    const error: unknown = await work.then(
      () => assert.fail("it should have failed"),
      (reason: unknown) => reason,
    );
    return typeof error === "object" && error !== null && "data" in error
      ? parseEngineErrorData(error.data)
      : undefined;
  }

  test("are listed by what they are and how they would run, bad ones with the reason, parts of others not at all", async () => {
    const good = await folders.hub(FILE, tiny);
    const cut = await folders.hub("cut.gguf", tiny.subarray(0, 2_000_000), { repo: "me/cut" });
    await folders.ollama("registry.ollama.ai/library/codellama/7b", ggufFile());
    await folders.ollama("registry.ollama.ai/library/nomic/1", ggufFile({ "general.architecture": "nomic-bert" }));
    await folders.write("home/.lmstudio/models/me/sees/clip.gguf", ggufFile({ "general.architecture": "clip" }));
    await folders.write("home/llama.cpp/a-00001-of-00002.gguf", ggufFile({ ...LANGUAGE_MODEL, "split.count": 2 }));
    await folders.link("home/llama.cpp/broken.gguf", "/nowhere/at/all");
    const gone = path.join(folders.root, "gone.gguf");
    const client = await start();
    const models = await list(client, [gone]);
    assert.deepEqual(
      models.map(({ name, origin, problem, fit }) => [name, origin, problem?.code, fit !== undefined]),
      [
        ["codellama-7b.Q4_K_M", "hub", undefined, true],
        ["cut", "hub", "truncatedGguf", false],
        ["codellama:7b", "ollama", undefined, true],
        ["a", "llamaCpp", "modelNotFound", false],
        ["gone", "file", "modelNotFound", false],
      ],
    );
    const [first, second] = models;
    assert.equal(first?.path, good);
    assert.deepEqual(first.description?.capabilities, { chat: false, infill: true });
    assert.ok((first.fit?.neededBytes ?? 0) > tiny.length && (first.fit?.tokensPerSecond ?? 0) > 0);
    assert.equal(second?.path, cut);
    // what has not changed is not read again, what has is
    await fs.writeFile(await fs.realpath(cut), tiny);
    const again = await list(client);
    assert.equal(again[1]?.problem, undefined);
    assert.deepEqual(again[0], { ...first, fit: again[0]?.fit });
    const skipped = (): number => client.log.filter((line) => line.includes("broken.gguf is skipped")).length;
    while (skipped() === 0) {
      await list(client); // the log comes on a way of its own
    }
    assert.equal(skipped(), 1, "said once, in all lists");
  });

  test("are verified with progress, and damage is found; a verification can be cancelled", async () => {
    const file = await folders.hub(FILE, tiny);
    const client = await start();
    const progress: VerifyProgress[] = [];
    client.connection.onProgress(VerifyModelRequest.type, "v", (one) => {
      progress.push(one);
    });
    const verify = (token?: CancellationTokenSource["token"]): Promise<unknown> =>
      client.connection.sendRequest(VerifyModelRequest.type, { path: file, partialResultToken: "v" }, token);
    assert.deepEqual(await verify(), { kind: "intact", sha256: sha256(tiny) });
    assert.deepEqual(progress.at(-1), { bytes: tiny.length, totalBytes: tiny.length });
    const spoilt = Buffer.from(tiny).fill(0, 3_000_000);
    await fs.writeFile(await fs.realpath(file), spoilt);
    assert.deepEqual(await verify(), { kind: "damaged", expected: sha256(tiny), actual: sha256(spoilt) });
    const cancel = new CancellationTokenSource();
    cancel.cancel();
    await assert.rejects(verify(cancel.token), { code: -32800 });
    const missing = client.connection.sendRequest(VerifyModelRequest.type, {
      path: path.join(folders.root, "no.gguf"),
    });
    assert.equal((await refusal(missing))?.code, "modelNotFound");
  });

  test("are deleted with what was downloaded for them, out of memory first, and those of others are not", async () => {
    hub.add(REPO, { [FILE]: tiny });
    const first = await start();
    const source = { kind: "hub", repo: REPO, file: FILE } as const;
    const { path: file } = await first.connection.sendRequest(DownloadModelRequest.type, { source });
    const theirs = await folders.ollama("registry.ollama.ai/library/codellama/7b", ggufFile());
    const client = await start(file);
    assert.equal(client.states.at(-1)?.chat.kind, "ready");

    const data = await refusal(client.connection.sendRequest(DeleteModelRequest.type, { path: theirs }));
    assert.ok(data?.code === "notOurModel" && data.owner === "ollama");
    assert.match(engineErrorMessage(data), /ollama rm codellama:7b/);
    assert.equal(client.states.at(-1)?.chat.kind, "ready", "a refusal unloads nothing");

    const answer = await client.connection.sendRequest(DeleteModelRequest.type, { path: file });
    assert.deepEqual(answer, { freedBytes: tiny.length });
    assert.deepEqual(client.states.at(-1)?.chat, { kind: "unloaded", path: file });
    assert.deepEqual(
      (await folders.tree()).filter((one) => !one.startsWith("home/")),
      [],
    );
    assert.deepEqual(
      (await list(client)).map(({ path: one }) => one),
      [theirs],
    );
    assert.equal(
      (await refusal(client.connection.sendRequest(DeleteModelRequest.type, { path: file })))?.code,
      "modelNotFound",
    );
  });

  test("and those at the Hub tell their headers with how they would run", async () => {
    hub.add(REPO, { [FILE]: ggufFile(LANGUAGE_MODEL, 4_000_000) });
    const client = await start();
    const source = { kind: "hub", repo: REPO, file: FILE } as const;
    const remote = await client.connection.sendRequest(ModelHeaderRequest.type, { source });
    assert.equal(remote.description.quantization, "Q4_K_M");
    assert.ok((remote.fit?.neededBytes ?? 0) > 4_000_000);
    const local = await client.connection.sendRequest(ModelHeaderRequest.type, {
      source: { kind: "file", path: tinyCodeModelPath },
    });
    assert.ok(local.tensors > 0 && local.fit !== undefined);
    assert.equal(local.metadata["general.architecture"], "llama");
    assert.deepEqual(hub.leaks, []);
  });
});

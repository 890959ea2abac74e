/** What the server remembers of the models on this machine, and when it frees memory for a deletion. */
import assert from "node:assert/strict";
import { CancellationToken } from "vscode-languageserver";
import type { ModelState } from "../../../../src/protocol/engine";
import type { InstalledModel } from "../../../../src/protocol/localModels";
import {
  FindModelsRequest,
  ReadHeadersRequest,
  type HeaderReading,
} from "../../../../src/server/models/hub/hubMessages";
import { InstalledModels } from "../../../../src/server/models/installedModels";
import type { FoundModel } from "../../../../src/server/models/local/foundModel";
import { machineNow } from "../../../../src/server/models/machineNow";
import { describeModel, shapeOf } from "../../../../src/server/models/describe";
import { LANGUAGE_MODEL } from "../../../support/ggufFile";

const GB = 1024 ** 3;

function found(name: string, changes: Partial<FoundModel> = {}): FoundModel {
  const path = `/models/${name}.gguf`;
  return { path, paths: [path], missing: [], name, bytes: 4 * GB, origin: "hub", stamp: "1", ...changes };
}

suite("installed models", () => {
  let there: FoundModel[];
  /** Which paths were read, one entry for each request. */
  let read: string[][];
  let unloads: number;
  let requests: string[];
  let state: ModelState;

  setup(() => {
    [there, read, unloads, requests, state] = [[], [], 0, [], { kind: "stopped" }];
  });

  function reading(path: string): HeaderReading {
    const header = { metadata: LANGUAGE_MODEL };
    const shape = shapeOf(4 * GB, header);
    return path.includes("embedding")
      ? { kind: "other" }
      : { kind: "model", description: describeModel(path, 4 * GB, header), ...(shape === undefined ? {} : { shape }) };
  }

  function create(): InstalledModels {
    const answer = (method: string, params: { readonly models?: string[][] }): unknown => {
      requests.push(method);
      switch (method) {
        case FindModelsRequest.type.method:
          return there;
        case ReadHeadersRequest.type.method:
          read.push((params.models ?? []).flat());
          return (params.models ?? []).map(([path = ""]) => reading(path));
        default:
          return { freedBytes: 1 };
      }
    };
    const request = (type: { method: string }, params: object): Promise<unknown> =>
      Promise.resolve(answer(type.method, params));
    const machine = machineNow({
      graphics: undefined,
      availableBytes: 16 * GB,
      memoryBytesPerSecond: 20e9,
      loaded: [],
      shapeOf: () => Promise.resolve(undefined),
      settings: { contextSize: 2048 },
    });
    const models = {
      get current() {
        return { chat: state, completion: { kind: "stopped" } as const };
      },
      inMemory: [],
      unload: () => {
        unloads++;
        return Promise.resolve();
      },
    };
    return new InstalledModels({ request } as never, models, () => machine);
  }

  function list(models: InstalledModels): Promise<readonly InstalledModel[]> {
    return models.list([], CancellationToken.None);
  }

  test("are read once as long as they stay as they are, and again when a part of them changes", async () => {
    const models = create();
    there = [found("a"), found("b")];
    await list(models);
    await list(models);
    assert.deepEqual(read, [["/models/a.gguf", "/models/b.gguf"]]);
    there = [found("a"), found("b", { stamp: "2" }), found("c")];
    assert.equal((await list(models)).length, 3);
    assert.deepEqual(read.slice(1), [["/models/b.gguf", "/models/c.gguf"]]);
  });

  test("are forgotten when they are gone, and read when they are back", async () => {
    const models = create();
    there = [found("a")];
    await list(models);
    there = [];
    assert.deepEqual(await list(models), []);
    there = [found("a")];
    await list(models);
    assert.equal(read.length, 2);
  });

  test("tell how they would run with the configured context, by the size of all parts", async () => {
    there = [found("a")];
    const [model] = await list(create());
    assert.equal(model?.fit?.kind, "cpu");
    const kv = 32 * 32 * 128 * 4 * 2048; // layers, heads, head size, bytes of key and value, tokens
    assert.ok(model.fit.neededBytes >= 4 * GB + kv);
  });

  test("of others that write no text are left out; a chosen file says so", async () => {
    there = [found("embedding-1", { origin: "ollama" }), found("embedding-2", { origin: "file" })];
    const models = await list(create());
    assert.deepEqual(
      models.map(({ name, problem }) => [name, problem?.code]),
      [["embedding-2", "unsupportedModel"]],
    );
  });

  test("without all parts are not read", async () => {
    there = [found("a", { missing: ["/models/a-2.gguf"] })];
    assert.deepEqual((await list(create()))[0]?.problem, { code: "modelNotFound", path: "/models/a-2.gguf" });
    assert.deepEqual(read, []);
  });

  test("leave memory before they are deleted, also while they are being loaded; others stay in it", async () => {
    there = [found("a"), found("b", { origin: "lmStudio" })];
    const models = create();
    state = { kind: "loading", path: "/models/other.gguf", fraction: 0 };
    await models.delete("/models/a.gguf", CancellationToken.None);
    assert.equal(unloads, 0);
    state = { kind: "loading", path: "/models/a.gguf", fraction: 0.5 };
    await models.delete("/models/a.gguf", CancellationToken.None);
    assert.equal(unloads, 1);
    state = { kind: "loading", path: "/models/b.gguf", fraction: 0.5 };
    await models.delete("/models/b.gguf", CancellationToken.None);
    assert.equal(unloads, 1, "the hub process refuses it");
  });

  test("give the shape of what is in memory: from the list, else by reading it once", async () => {
    const models = create();
    there = [found("a")];
    await list(models);
    assert.equal((await models.shapeOf("/models/a.gguf"))?.layers, 32);
    assert.equal(read.length, 1);
    assert.equal((await models.shapeOf("/models/b.gguf"))?.layers, 32);
    await models.shapeOf("/models/b.gguf");
    assert.deepEqual(read.slice(1), [["/models/b.gguf"]]);
    assert.equal(await models.shapeOf("/models/embedding.gguf"), undefined);
  });
});

/** Models leave memory and come back; adapters that do not work are named. With the real engine and the tiny model. */
import * as assert from "node:assert/strict";
import * as os from "node:os";
import * as path from "node:path";
import { LspClient } from "../../scripts/client/lspClient";
import { UnloadModelsRequest } from "../../src/protocol/engine";
import { tinyCodeModelPath } from "../support/models";

const engine = { gpu: "cpu", threads: 1 };
const models = {
  chat: { modelPath: tinyCodeModelPath, maxTokens: 8 },
  completion: { modelPath: tinyCodeModelPath, eagerness: "eager" },
};
const question = { turns: [{ role: "user", content: "Say something." }] } as const;

suite("models in memory", () => {
  let client: LspClient;

  suiteSetup(async () => {
    client = await LspClient.start({ settings: { ...models, engine } });
    await client.settled();
  });

  suiteTeardown(() => client.stop());

  test("leave it when the client says so, and the next question loads them again", async () => {
    await client.connection.sendRequest(UnloadModelsRequest.type);
    assert.deepEqual(client.states.at(-1), {
      chat: { kind: "unloaded", path: tinyCodeModelPath },
      completion: { kind: "unloaded", path: tinyCodeModelPath },
    });
    const { result } = await client.chat(question);
    assert.notEqual(result.text, "");
    assert.equal(client.states.at(-1)?.completion.kind, "ready");
  });

  test("come back for a keystroke, which gets its suggestion", async () => {
    await client.open("file:///a.py", "def area(width, height):\n    return ");
    await client.connection.sendRequest(UnloadModelsRequest.type);
    const items = await client.complete("file:///a.py", { line: 1, character: 11 });
    assert.ok(items.length > 0);
  });

  test("leave it by themselves when nothing is asked for a while", async () => {
    await client.configure({ ...models, engine: { ...engine, idleUnloadMinutes: 0.01 } });
    await client.state(({ chat }) => chat.kind === "unloaded");
    const { result } = await client.chat(question);
    assert.notEqual(result.text, "");
  });

  for (const [what, adapter] of [
    ["that is not there", path.join(os.tmpdir(), "no-such-adapter.gguf")],
    ["that is no adapter", tinyCodeModelPath],
  ] as const) {
    test(`an adapter ${what} is named, and without it the model loads`, async () => {
      await client.configure({ ...models, engine: { ...engine, loraAdapters: [adapter] } });
      const failed = await client.state(({ chat }) => chat.kind === "failed");
      assert.ok(failed.chat.kind === "failed" && failed.chat.error.code === "adapterFailed");
      assert.equal(failed.chat.error.adapter, adapter);
      await client.configure({ ...models, engine });
      await client.state(({ chat }) => chat.kind === "ready");
    });
  }
});

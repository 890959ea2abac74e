/** Model files that cannot be used are reported with a code and a sentence that says what to do; the process lives on. */
import * as assert from "node:assert/strict";
import { once } from "node:events";
import * as fs from "node:fs/promises";
import * as net from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { EngineError, type EngineErrorCode } from "../../../src/protocol/engineErrors";
import type { TestApi } from "../../../src/extension/testApi";
import { extensionApi, modelsReady } from "../host";
import { skipBecause } from "../../support/skip";

/** The path of the model that is loaded. */
async function goodModel(api: TestApi): Promise<string> {
  await modelsReady(api);
  const state = api.engineState();
  assert.ok(state.kind === "running" && state.models.completion.kind === "ready");
  return state.models.completion.model.path;
}

async function codeOf(api: TestApi, file: string): Promise<{ code: EngineErrorCode; message: string }> {
  try {
    await api.inspectModel(file);
  } catch (error) {
    // The extension is another bundle with a class EngineError of its own.
    assert.ok(error instanceof Error && error.name === EngineError.name, String(error));
    return { code: (error as EngineError).data.code, message: error.message };
  }
  return assert.fail(`${file} was accepted`);
}

suite("model files", () => {
  let folder: string;

  suiteSetup(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), "llama2-models-"));
  });

  suiteTeardown(async () => {
    await fs.rm(folder, { recursive: true, force: true });
  });

  test("a good file tells what it is and can do", async () => {
    const api = await extensionApi();
    const model = await api.inspectModel(await goodModel(api));
    assert.equal(model.architecture, "llama");
    assert.equal(model.capabilities.infill, true);
  });

  const cases: [what: string, code: EngineErrorCode, make: (api: TestApi) => Promise<string>][] = [
    ["a missing file", "modelNotFound", () => Promise.resolve(path.join(folder, "missing.gguf"))],
    [
      "a truncated file",
      "truncatedGguf",
      async (api) => {
        const bytes = await fs.readFile(await goodModel(api));
        return write("truncated.gguf", bytes.subarray(0, Math.floor(bytes.length / 2)));
      },
    ],
    ["a text file renamed to .gguf", "notGguf", () => write("text.gguf", "# Notes\nThis is no model.\n")],
    ["an empty file", "truncatedGguf", () => write("empty.gguf", "")],
    ["a directory", "modelIsDirectory", () => Promise.resolve(folder)],
  ];
  for (const [what, code, make] of cases) {
    test(`${what} is reported as ${code}, and the process lives on`, async () => {
      const api = await extensionApi();
      await modelsReady(api);
      const pid = api.enginePid();
      const file = await make(api);
      const failure = await codeOf(api, file);
      assert.equal(failure.code, code);
      assert.ok(failure.message.includes(file) && failure.message.length > file.length + 20, failure.message);
      assert.equal(api.enginePid(), pid);
      assert.equal((await api.inspectModel(await goodModel(api))).architecture, "llama");
    });
  }

  test("a path that nobody can read is reported as modelNotReadable", async function () {
    if (process.platform === "win32") {
      skipBecause(this, "Windows has no socket files");
    }
    const api = await extensionApi();
    const file = path.join(folder, "socket.gguf"); // permissions would not bind a root user, this does
    const socket = net.createServer().listen(file);
    try {
      await once(socket, "listening");
      assert.equal((await codeOf(api, file)).code, "modelNotReadable");
    } finally {
      socket.close();
    }
  });

  async function write(name: string, content: string | Uint8Array): Promise<string> {
    const file = path.join(folder, name);
    await fs.writeFile(file, content);
    return file;
  }
});

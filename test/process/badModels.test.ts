import assert from "node:assert/strict";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { InspectModelRequest } from "../../src/protocol/engine";
import { engineErrorMessage, type EngineErrorCode, type EngineErrorData } from "../../src/protocol/engineErrors";
import { LspClient } from "../../scripts/client/lspClient";
import { tinyCodeModelPath as tinyModel } from "../support/models";
import { skipBecause } from "../support/skip";

suite("bad model files", () => {
  let client: LspClient;
  let folder: string;

  suiteSetup(async function () {
    this.timeout(60_000);
    folder = mkdtempSync(path.join(tmpdir(), "bad-models-"));
    client = await LspClient.start();
  });

  suiteTeardown(async () => {
    await client.stop();
    rmSync(folder, { recursive: true });
  });

  const files: readonly { name: string; code: EngineErrorCode; make: (file: string) => void }[] = [
    { name: "missing.gguf", code: "modelNotFound", make: () => undefined },
    {
      name: "folder.gguf",
      code: "modelIsDirectory",
      make: (file) => {
        mkdirSync(file);
      },
    },
    {
      name: "link-to-itself.gguf",
      code: "modelNotReadable",
      make: (file) => {
        symlinkSync(file, file);
      },
    },
    {
      name: "text.gguf",
      code: "notGguf",
      make: (file) => {
        writeFileSync(file, "# notes\n");
      },
    },
    {
      name: "empty.gguf",
      code: "truncatedGguf",
      make: (file) => {
        writeFileSync(file, "");
      },
    },
    {
      name: "magic-only.gguf",
      code: "truncatedGguf",
      make: (file) => {
        writeFileSync(file, "GGUF");
      },
    },
    {
      name: "cut-header.gguf",
      code: "truncatedGguf",
      make: (file) => {
        cut(file, 20_000);
      },
    },
    {
      name: "cut-in-half.gguf",
      code: "truncatedGguf",
      make: (file) => {
        cut(file, 1_800_000);
      },
    },
    {
      name: "last-byte-missing.gguf",
      code: "truncatedGguf",
      make: (file) => {
        cut(file, -1);
      },
    },
    {
      name: "other-version.gguf",
      code: "unsupportedModel",
      make: (file) => {
        patch(file, 4, 99);
      },
    },
  ];

  for (const { name, code, make } of files) {
    test(`${name} is refused as ${code} with a sentence that says what to do, and the process lives on`, async () => {
      const file = path.join(folder, name);
      make(file);
      const refused = await refusal(client, file);
      assert.equal(refused.data.code, code);
      assert.equal(refused.message, engineErrorMessage(refused.data));
      assert.match(refused.message, /Select|Download|Check|put it back/);

      await client.configure({ chat: { modelPath: file } });
      const state = await client.state(({ chat }) => chat.kind === "failed");
      assert.deepEqual(state.chat, { kind: "failed", path: file, error: refused.data });
      assert.equal(client.process.exitCode, null);
    });
  }

  test("a file without read permission is refused as modelNotReadable", async function () {
    if (process.getuid?.() === 0 || process.platform === "win32") {
      skipBecause(this, "this user may read every file, so no file is unreadable");
    }
    const file = path.join(folder, "secret.gguf");
    copyFileSync(tinyModel, file);
    chmodSync(file, 0);
    const refusal = client.connection.sendRequest(InspectModelRequest.type, { path: file });
    await assert.rejects(refusal, (error: { data: EngineErrorData }) => error.data.code === "modelNotReadable");
  });

  test("after all of them a good file is described and loads", async () => {
    const description = await client.connection.sendRequest(InspectModelRequest.type, { path: tinyModel });
    assert.deepEqual(description, {
      path: tinyModel,
      name: "llama2-tiny-code-3m-q8_0",
      architecture: "llama",
      quantization: "Q8_0",
      bytes: readFileSync(tinyModel).byteLength,
      trainedContext: 512,
      tokenizer: "llama",
      ropeBase: 10_000,
      promptFormat: "llama2",
      capabilities: { chat: false, infill: true },
      warnings: ["notForChat"],
    });
    await client.configure({ chat: { modelPath: tinyModel }, engine: { gpu: "cpu", threads: 1 } });
    await client.state(({ chat }) => chat.kind === "ready");
  }).timeout(60_000);
});

async function refusal(client: LspClient, file: string): Promise<{ message: string; data: EngineErrorData }> {
  try {
    await client.connection.sendRequest(InspectModelRequest.type, { path: file });
  } catch (error) {
    return error as { message: string; data: EngineErrorData };
  }
  assert.fail("the file was accepted");
}

function cut(file: string, bytes: number): void {
  copyFileSync(tinyModel, file);
  truncateSync(file, bytes < 0 ? readFileSync(tinyModel).byteLength + bytes : bytes);
}

function patch(file: string, offset: number, value: number): void {
  const data = readFileSync(tinyModel);
  data[offset] = value;
  writeFileSync(file, data);
}

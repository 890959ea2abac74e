import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import { EngineError } from "../../../../../src/protocol/engineErrors";
import type { Verification, VerifyProgress } from "../../../../../src/protocol/localModels";
import { CATALOGUE } from "../../../../../src/server/models/catalogue/catalogue";
import { inlineHasher } from "../../../../../src/server/models/hub/hasher";
import { findModel } from "../../../../../src/server/models/local/findModels";
import { verifyModel } from "../../../../../src/server/models/local/verifyModel";
import { ggufNoise, sha256 } from "../../../../support/hub/mockHub";
import { ModelFolders } from "../../../../support/modelFolders";

suite("verifying a model", () => {
  let folders: ModelFolders;
  const content = ggufNoise(9_000_000);

  setup(async () => {
    folders = await ModelFolders.make();
  });

  teardown(() => folders.remove());

  async function verify(file: string, progress: VerifyProgress[] = [], signal?: AbortSignal): Promise<Verification> {
    const model = await findModel(folders.places, file);
    const onProgress = (one: VerifyProgress): void => void progress.push(one);
    return verifyModel(model, inlineHasher, onProgress, signal ?? new AbortController().signal);
  }

  async function spoil(file: string): Promise<string> {
    const handle = await fs.open(file, "r+");
    await handle.write(Buffer.from([0x55]), 0, 1, 5_000_000);
    await handle.close();
    return sha256(await fs.readFile(file));
  }

  test("finds it intact by the name of its blob, and tells how far it is", async () => {
    const progress: VerifyProgress[] = [];
    const file = await folders.hub("a.gguf", content);
    assert.deepEqual(await verify(file, progress), { kind: "intact", sha256: sha256(content) });
    assert.deepEqual(progress.at(-1), { bytes: content.length, totalBytes: content.length });
    assert.ok((progress[0]?.bytes ?? content.length) < content.length);
  });

  test("finds it damaged where one byte has changed on the disk", async () => {
    const file = await folders.ollama("registry.ollama.ai/library/codellama/7b", content);
    const actual = await spoil(file);
    assert.deepEqual(await verify(file), { kind: "damaged", expected: sha256(content), actual });
  });

  test("takes the sum of a download from another address from its note", async () => {
    const file = await folders.write("hub/other-addresses/0123456789abcdef/m.gguf", content);
    const note = { url: "https://example.org/m.gguf", sha256: sha256(content) };
    await folders.write("hub/other-addresses/0123456789abcdef/m.gguf.json", JSON.stringify(note));
    assert.equal((await verify(file)).kind, "intact");
    await spoil(file);
    assert.equal((await verify(file)).kind, "damaged");
  });

  test("takes the sum of a copy without a telling name from the catalogue", async () => {
    const repo = "TheBloke/CodeLlama-7B-Instruct-GGUF";
    const file = await folders.hub("codellama-7b-instruct.Q4_K_M.gguf", content, { repo, copy: true });
    const result = await verify(file);
    assert.ok(result.kind === "damaged" && result.actual === sha256(content), "it is not the file of that name");
  });

  test("finds a file of the catalogue intact under any name, by its content", async () => {
    const file = await folders.write("mine/renamed.gguf", content);
    const known = CATALOGUE.flatMap(({ files }) => files).find((one) => one.sha256 !== undefined)?.sha256 ?? "";
    const model = await findModel(folders.places, file);
    // no other content has that sum, so the thread that hashes says it
    const hasher = { ...inlineHasher(), digest: () => Promise.resolve(known) };
    const result = await verifyModel(
      model,
      () => hasher,
      () => undefined,
      new AbortController().signal,
    );
    assert.deepEqual(result, { kind: "intact", sha256: known });
  });

  test("says the sum where nobody knows what it should be", async () => {
    const file = await folders.write("mine/own.gguf", content);
    assert.deepEqual(await verify(file), { kind: "unknown", sha256: sha256(content) });
  });

  test("reads all parts of a split model, and names the first that differs", async () => {
    const parts = [1, 2, 3].map((part) => ({
      name: `big-0000${String(part)}-of-00003.gguf`,
      bytes: ggufNoise(6_000_000),
    }));
    const files: string[] = [];
    for (const { name, bytes } of parts) {
      files.push(await folders.hub(name, bytes));
    }
    const progress: VerifyProgress[] = [];
    const [first = "", second = ""] = files;
    assert.deepEqual(await verify(first, progress), { kind: "intact", sha256: sha256(parts[0]?.bytes ?? content) });
    assert.equal(progress.at(-1)?.bytes, 18_000_000);
    const actual = await spoil(second);
    assert.deepEqual(await verify(first), { kind: "damaged", expected: sha256(parts[1]?.bytes ?? content), actual });
    await fs.rm(second);
    await assert.rejects(
      verify(first),
      (error: unknown) => error instanceof EngineError && error.data.code === "modelNotFound",
    );
  });

  test("ends when it is cancelled", async () => {
    const file = await folders.hub("a.gguf", content);
    const controller = new AbortController();
    const model = await findModel(folders.places, file);
    const verifying = verifyModel(
      model,
      inlineHasher,
      () => {
        controller.abort();
      },
      controller.signal,
    );
    await assert.rejects(verifying, { name: "AbortError" });
  });
});

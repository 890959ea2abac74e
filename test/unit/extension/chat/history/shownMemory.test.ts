/** What a window remembers of the conversation it shows. */
import * as assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { ShownMemory } from "../../../../../src/extension/chat/history/shownMemory";

suite("the memory of what is shown", () => {
  let folder: string;

  setup(async () => {
    folder = path.join(await fs.mkdtemp(path.join(os.tmpdir(), "llama2-shown-")), "conversations");
  });

  teardown(() => fs.rm(path.dirname(folder), { recursive: true, force: true }));

  test("knows nothing at first, and the last of several updates afterwards, in the next window too", async () => {
    const memory = new ShownMemory(folder);
    assert.equal(memory.get("shown"), undefined);
    await Promise.all([memory.update("shown", "a"), memory.update("shown", "b"), memory.update("shown", "c")]);
    assert.equal(new ShownMemory(folder).get("shown"), "c");
  });

  test("a folder that cannot be written is told to whoever asks, and the next update is tried", async () => {
    await fs.writeFile(folder, "a file in its place");
    const memory = new ShownMemory(folder);
    await assert.rejects(memory.update("shown", "a"));
    await fs.rm(folder);
    await memory.update("shown", "b");
    assert.equal(memory.get("shown"), "b");
  });
});

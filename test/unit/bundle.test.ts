/** The chat page is small: it is read and run every time its view is opened. */
import * as assert from "node:assert/strict";
import { build } from "esbuild";
import { buildOptions } from "../../esbuild.js";

const limitBytes = 600_000;

suite("the chat page as it is shipped", () => {
  test("is a script of less than 600 kB", async function () {
    this.timeout(60_000);
    const options = buildOptions({ production: true }).find(({ platform }) => platform === "browser");
    const { outputFiles } = await build({ ...options, write: false, metafile: false });
    const script = outputFiles.find(({ path }) => path.endsWith("chat.js"));
    assert.ok(script !== undefined && script.contents.length > 50_000, "it was built");
    assert.ok(script.contents.length < limitBytes, `${String(script.contents.length)} bytes`);
  });
});

/** What of node_modules goes into the package. That it is enough is tested with the installed package (test/vsix). */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../../../scripts/command";
import { packageFoldersOf, runtimeFiles, targetOf } from "../../../scripts/vsix/runtimeFiles";

suite("runtime files of the package", () => {
  test("hold the library and its native part for this platform, and nothing for others", async () => {
    const files = await runtimeFiles(targetOf(process.platform, process.arch));
    assert.ok(files.includes("node_modules/node-llama-cpp/dist/index.js"));
    assert.ok(files.some((file) => file.endsWith("/llama-addon.node")));
    const unwanted = /cuda|\.gguf$|\.bundle$|\/templates\/|\/cli\/cli|llama\/addon|\.d\.ts$|\.map$/;
    assert.deepEqual(
      files.filter((file) => unwanted.test(file)),
      [],
    );
    const missing = files.filter((file) => !existsSync(path.join(projectRoot, file)));
    assert.deepEqual(missing, []);
  });

  test("are for targets of the marketplace that have a native library", () => {
    assert.equal(targetOf("linux", "x64"), "linux-x64");
    assert.equal(targetOf("linux", "arm"), "linux-armhf");
    assert.equal(targetOf("darwin", "arm64"), "darwin-arm64");
    assert.throws(() => targetOf("sunos", "x64"), /no native inference library for sunos-x64/);
  });

  test("belong to packages, nested ones by themselves", () => {
    const files = [
      "node_modules/a/x.js",
      "node_modules/@s/b/lib/y.js",
      "node_modules/a/node_modules/c/z.js",
      "src/q.ts",
    ];
    assert.deepEqual(packageFoldersOf(files), ["node_modules/@s/b", "node_modules/a", "node_modules/a/node_modules/c"]);
  });
});

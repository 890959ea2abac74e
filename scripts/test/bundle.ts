/** Bundles the tests that run inside VS Code: its extension host knows neither TypeScript nor our sources. */
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { build } from "esbuild";
import { projectRoot } from "../command";

/** @returns the entry to give VS Code as extensionTestsPath */
export async function bundleInHostTests(): Promise<string> {
  const source = path.join(projectRoot, "test/vscode");
  const outdir = path.join(projectRoot, "out/test/vscode");
  const names = await fs.readdir(source, { recursive: true });
  await fs.rm(outdir, { recursive: true, force: true }); // a test that was deleted must not run
  await build({
    entryPoints: [
      path.join(source, "index.ts"),
      ...names.filter((name) => name.endsWith(".test.ts")).map((name) => path.join(source, name)),
    ],
    outbase: source,
    outdir,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    external: ["vscode", "mocha"],
    sourcemap: "inline",
    logLevel: "warning",
  });
  return path.join(outdir, "index.js");
}

/**
 * `npm run vsix`: packages the extension for the platform it runs on, with the inference library inside, as
 * llama2-assistant-<target>-<version>.vsix in the project's root. The package is put together in out/vsix, so the
 * bundles in dist/ stay as they are.
 */
import { readFileSync } from "node:fs";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { createVSIX, listFiles, PackageManager } from "@vscode/vsce";
import { build } from "esbuild";
import { buildOptions } from "../esbuild.js";
import { isRecord } from "../src/base/json";
import { runCli } from "./cli";
import { projectRoot } from "./command";
import { parseJson } from "./json";
import { thirdPartyNotices } from "./vsix/notices";
import { packageFoldersOf, runtimeFiles, targetOf } from "./vsix/runtimeFiles";

const stage = path.join(projectRoot, "out/vsix");
/** Keys of package.json that mean something to developers only. */
const developerKeys = ["scripts", "config", "allowScripts", "devDependencies", "overrides"];

runCli(async () => {
  const target = targetOf(process.platform, process.arch);
  const manifest = readManifest();
  await fs.rm(stage, { recursive: true, force: true });

  for (const file of await listFiles({ cwd: projectRoot, packageManager: PackageManager.None })) {
    if (!file.startsWith("dist/")) {
      await copy(path.join(projectRoot, file), path.join(stage, file));
    }
  }
  const bundled = await buildBundles();
  const runtime = await runtimeFiles(target);
  for (const file of runtime) {
    // beside the bundle that imports it: vsce leaves a node_modules folder at the top out, or wants all of it
    await copy(path.join(projectRoot, file), path.join(stage, "dist", file));
  }
  await fs.writeFile(
    path.join(stage, "ThirdPartyNotices.txt"),
    await thirdPartyNotices(packageFoldersOf([...bundled, ...runtime])),
  );
  await fs.copyFile(path.join(projectRoot, ".vscodeignore"), path.join(stage, ".vscodeignore"));
  await fs.writeFile(path.join(stage, "package.json"), JSON.stringify(manifest.json, null, 2));

  const packagePath = path.join(projectRoot, `${manifest.name}-${target}-${manifest.version}.vsix`);
  await createVSIX({ cwd: stage, target, packagePath, dependencies: false, rewriteRelativeLinks: false });
  return 0;
});

function readManifest(): { json: object; name: string; version: string } {
  const manifest = parseJson(readFileSync(path.join(projectRoot, "package.json"), "utf8"));
  if (!isRecord(manifest)) {
    throw new Error("package.json is not an object");
  }
  const json = Object.fromEntries(Object.entries(manifest).filter(([key]) => !developerKeys.includes(key)));
  return { json, name: String(json["name"]), version: String(json["version"]) };
}

/** @returns the source files that went into the bundles */
async function buildBundles(): Promise<string[]> {
  const outdir = path.join(stage, "dist");
  const results = await Promise.all(
    buildOptions({ production: true, outdir }).map((options) => build({ ...options, metafile: true })),
  );
  return results.flatMap(({ metafile }) => Object.keys(metafile.inputs));
}

async function copy(from: string, to: string): Promise<void> {
  await fs.mkdir(path.dirname(to), { recursive: true });
  await fs.copyFile(from, to);
}

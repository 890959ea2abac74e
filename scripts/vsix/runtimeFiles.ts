/**
 * Which files of node_modules the packaged inference process needs: the modules that node-llama-cpp really imports (its
 * dependencies include a command line tool, a build system and templates that we never use), the data it reads, and the
 * native library for one platform.
 */
import { existsSync } from "node:fs";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { build } from "esbuild";
import { projectRoot } from "../command";

const library = "node_modules/node-llama-cpp";
/** What it reads at run time beside its modules. */
const data = [`${library}/llama/binariesGithubRelease.json`, `${library}/llama/llama.cpp.info.json`];

/** The native packages of each target: CPU, and the GPU interface that needs no installation of its own. */
const nativePackages: Readonly<Record<string, readonly string[]>> = {
  "linux-x64": ["linux-x64", "linux-x64-vulkan"],
  "linux-arm64": ["linux-arm64"],
  "linux-armhf": ["linux-armv7l"],
  "darwin-arm64": ["mac-arm64-metal"],
  "darwin-x64": ["mac-x64"],
  "win32-x64": ["win-x64", "win-x64-vulkan"],
  "win32-arm64": ["win-arm64"],
};

/** The name VS Code's marketplace has for a platform. */
export function targetOf(platform: string, arch: string): string {
  const target = `${platform}-${arch === "arm" ? "armhf" : arch}`;
  if (!(target in nativePackages)) {
    throw new Error(`There is no native inference library for ${target}`);
  }
  return target;
}

/** @returns paths relative to the project's root, with forward slashes */
export async function runtimeFiles(target: string): Promise<string[]> {
  const modules = await importedModules();
  const natives = await Promise.all((nativePackages[target] ?? []).map(filesOfNativePackage));
  return [...new Set([...modules, ...modules.flatMap(manifestsOf), ...data, ...natives.flat()])].sort();
}

/** The package.json of a module's package, and those further down, which tell Node the kind of modules in their folder. */
function manifestsOf(file: string): string[] {
  const manifests: string[] = [];
  for (let folder = path.posix.dirname(file); !folder.endsWith("node_modules"); folder = path.posix.dirname(folder)) {
    manifests.push(`${folder}/package.json`);
  }
  return manifests.filter((manifest) => existsSync(path.join(projectRoot, manifest)));
}

/** The package folders that the files belong to; nested ones count by themselves. */
export function packageFoldersOf(files: readonly string[]): string[] {
  const folders = files.map((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0]);
  return [...new Set(folders.filter((folder) => folder !== undefined))].sort();
}

async function importedModules(): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: projectRoot,
    stdin: { contents: 'import("node-llama-cpp");', resolveDir: projectRoot },
    bundle: true,
    write: false,
    outdir: "out",
    metafile: true,
    platform: "node",
    format: "esm",
    preserveSymlinks: true, // paths below node_modules, also where that is a link
    // exactly what Node itself would take; by default esbuild also follows "module"
    conditions: ["node"],
    mainFields: ["main"],
    // the native parts are added by platform; the file cloner is loaded by the downloader, which we do not use
    external: ["@node-llama-cpp/*", "@reflink/reflink", "electron"],
    logLevel: "error",
  });
  return Object.keys(metafile.inputs).filter((file) => file.includes("node_modules/"));
}

async function filesOfNativePackage(name: string): Promise<string[]> {
  const folder = `node_modules/@node-llama-cpp/${name}`;
  const entries = await fs.readdir(path.join(projectRoot, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".md"))
    .map((entry) => path.relative(projectRoot, path.join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
}

/**
 * Ollama's models: `manifests/<registry>/<namespace>/<model>/<tag>` names the layers of each, of which one is the GGUF file,
 * `blobs/sha256-<sum>`.
 */
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { isRecord } from "../../../base/json";
import { codeOf } from "../hub/systemErrors";
import type { FoundFile, Log } from "./foundModel";
import { entriesOf, type Entry } from "./walk";

const MODEL_LAYER = "application/vnd.ollama.image.model";
const REGISTRY = "registry.ollama.ai";
const NAMESPACE = "library";

export async function ollamaFiles(folder: string, log: Log): Promise<readonly FoundFile[]> {
  const found: FoundFile[] = [];
  for (const registry of await entriesOf(path.join(folder, "manifests"), log)) {
    for (const namespace of await foldersIn(registry, log)) {
      for (const model of await foldersIn(namespace, log)) {
        for (const tag of await entriesOf(model.path, log)) {
          const name = nameOf(registry.name, namespace.name, model.name, tag.name);
          found.push(...(await layersOf(folder, tag, name, log)));
        }
      }
    }
  }
  return found;
}

async function foldersIn(folder: Entry, log: Log): Promise<readonly Entry[]> {
  return (await entriesOf(folder.path, log)).filter(({ kind }) => kind === "folder");
}

/** As its command line has it: what is usual is left out. */
function nameOf(registry: string, namespace: string, model: string, tag: string): string {
  const owner = registry === REGISTRY ? (namespace === NAMESPACE ? [] : [namespace]) : [registry, namespace];
  return `${[...owner, model].join("/")}:${tag}`;
}

async function layersOf(folder: string, manifest: Entry, name: string, log: Log): Promise<readonly FoundFile[]> {
  let sums: readonly string[];
  try {
    sums = modelSums(JSON.parse(await fs.readFile(manifest.path, "utf8")));
  } catch (error) {
    log(`models: the manifest ${manifest.path} is skipped (${codeOf(error) ?? "damaged"})`);
    return [];
  }
  const files: FoundFile[] = [];
  for (const sum of sums) {
    const blob = path.join(folder, "blobs", `sha256-${sum}`);
    if (await isFile(blob)) {
      files.push({ path: blob, origin: "ollama", name });
    } else {
      log(`models: ${blob} of ${name} is missing`);
    }
  }
  return files;
}

/** Empty for models of other kinds, such as those that run elsewhere. Throws where it is no manifest. */
function modelSums(manifest: unknown): readonly string[] {
  const layers: unknown = isRecord(manifest) ? manifest["layers"] : undefined;
  if (!Array.isArray(layers)) {
    throw new Error("no list of layers");
  }
  return layers
    .filter(isRecord)
    .filter(({ mediaType }) => mediaType === MODEL_LAYER)
    .map(({ digest }) => /^sha256:([0-9a-f]{64})$/.exec(String(digest))?.[1])
    .filter((sum) => sum !== undefined);
}

async function isFile(file: string): Promise<boolean> {
  return (await fs.stat(file).catch(() => undefined))?.isFile() === true;
}

/** Every model on this machine, each file once: puts together what the folders of the programs have. */
import * as fs from "node:fs/promises";
import * as path from "node:path";
import type { ModelOrigin } from "../../../protocol/localModels";
import type { HubPlaces } from "../hub/places";
import { partsOf } from "../hub/splitFiles";
import { codeOf } from "../hub/systemErrors";
import { downloadedFiles } from "./downloads";
import { expectedSum, sourceOfPart } from "./expectedSum";
import type { FoundFile, FoundModel, Log } from "./foundModel";
import { hubCacheFiles } from "./hubCache";
import { llamaCppFiles } from "./llamaCpp";
import { lmStudioFiles } from "./lmStudio";
import { llamaCppFolders, lmStudioFolders, ollamaFolders, type System } from "./localPlaces";
import { ollamaFiles } from "./ollama";

/** Who has a file, where several do. */
const ORIGINS: readonly ModelOrigin[] = ["hub", "download", "lmStudio", "ollama", "llamaCpp", "file"];

/** Parts of models that see, of pairs that draft for each other, and what was measured for quantising. */
const NO_MODEL = /(^|[-_.])(mmproj|draft|imatrix)([-_.]|$)/i;

export interface SearchPlaces {
  readonly hub: HubPlaces;
  readonly system: System;
}

/** In the order of the origins, and of names in each. `files` are listed also where they are not there. */
export async function findModels(
  { hub, system }: SearchPlaces,
  files: readonly string[],
  log: Log,
): Promise<readonly FoundModel[]> {
  const inAll = async (
    folders: readonly string[],
    search: (folder: string, log: Log) => Promise<readonly FoundFile[]>,
  ): Promise<readonly FoundFile[]> => (await Promise.all(folders.map((folder) => search(folder, log)))).flat();
  const ofPrograms = [
    ...(await hubCacheFiles(hub.cacheFolder, log)),
    ...(await downloadedFiles(hub.urlFolder, log)),
    ...(await inAll(await lmStudioFolders(system), lmStudioFiles)),
    ...(await inAll(ollamaFolders(system), ollamaFiles)),
    ...(await inAll(llamaCppFolders(system), llamaCppFiles)),
  ].filter(({ path: file, origin }) => origin === "download" || !NO_MODEL.test(path.basename(file)));
  const given = files.filter((file) => path.isAbsolute(file)).map(givenFile);
  return inOrder(await together([...ofPrograms, ...given], log));
}

/** The model that has this path in the list; any other file counts as one that no program has. */
export async function findModel(places: SearchPlaces, file: string): Promise<FoundModel> {
  const all = await findModels(places, [], () => undefined);
  return all.find((model) => model.path === file) ?? describe(givenFile(file), partsOf(file));
}

function givenFile(file: string): FoundFile {
  return { path: file, origin: "file" };
}

/** Parts of one model become one, and a file that several have belongs to the first of them. */
async function together(files: readonly FoundFile[], log: Log): Promise<readonly FoundModel[]> {
  const models: FoundModel[] = [];
  const seen = new Set<string>();
  for (const file of files) {
    const parts = partsOf(file.path);
    const identity = await identityOf(parts);
    if (!seen.has(identity) && !seen.has(parts[0] ?? "")) {
      seen.add(identity).add(parts[0] ?? "");
      try {
        models.push(await describe(file, parts));
      } catch (error) {
        log(`models: ${file.path} is skipped (${codeOf(error) ?? String(error)})`);
      }
    }
  }
  return models;
}

/** The real path of the first part that is there. */
async function identityOf(parts: readonly string[]): Promise<string> {
  for (const part of parts) {
    const real = await fs.realpath(part).catch(() => undefined);
    if (real !== undefined) {
      return real;
    }
  }
  return parts[0] ?? "";
}

async function describe(file: FoundFile, parts: readonly string[]): Promise<FoundModel> {
  const stats = await Promise.all(parts.map((part) => fs.stat(part).catch(() => undefined)));
  const paths = parts.filter((_, index) => stats[index] !== undefined);
  const [first = file.path] = parts;
  const source = sourceOfPart(file.source, 0);
  const sha256 = paths.includes(first) ? await expectedSum(first, source) : undefined;
  return {
    path: first,
    paths,
    missing: parts.filter((_, index) => stats[index] === undefined),
    name: file.name ?? path.basename(first).replace(/(-\d{5}-of-\d{5})?\.gguf$/i, ""),
    bytes: stats.reduce((total, one) => total + (one?.size ?? 0), 0),
    origin: file.origin,
    ...(source === undefined ? {} : { source }),
    ...(sha256 === undefined ? {} : { sha256 }),
    stamp: stats.map((one) => `${String(one?.size)}@${String(one?.mtimeMs)}`).join(),
  };
}

function inOrder(models: readonly FoundModel[]): readonly FoundModel[] {
  const compare = (a: string, b: string): number => a.localeCompare(b, "en", { numeric: true });
  return [...models].sort(
    (a, b) =>
      ORIGINS.indexOf(a.origin) - ORIGINS.indexOf(b.origin) || compare(a.name, b.name) || compare(a.path, b.path),
  );
}

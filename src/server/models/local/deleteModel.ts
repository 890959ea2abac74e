/**
 * Deletes models from the Hub's cache and from our downloads, and the folders that are empty then. Nothing is deleted behind
 * a link that leads out of the folder: of a link itself only the link.
 */
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { EngineError } from "../../../protocol/engineErrors";
import { downloadNotePath } from "../hub/downloadNote";
import { isHeld } from "../hub/lock";
import { leftovers } from "../hub/notes";
import type { HubPlaces } from "../hub/places";
import { partsOf } from "../hub/splitFiles";
import { diskFailure, isMissing } from "../hub/systemErrors";
import type { FoundModel } from "./foundModel";
import { refsOf } from "./hubCache";

/** Fails with `notOurModel`, `downloadLocked`, `cacheNotWritable`. */
export async function deleteModel(places: HubPlaces, model: FoundModel): Promise<{ readonly freedBytes: number }> {
  const root = rootOf(places, model);
  for (const file of model.paths) {
    await requireInside(root, file, model.name);
  }
  await requireNoDownload(places, model);
  let freedBytes = 0;
  for (const file of model.paths) {
    try {
      freedBytes += model.origin === "hub" ? await deleteFromCache(root, file) : await deleteDownload(root, file);
    } catch (error) {
      throw await diskFailure(error, path.dirname(file), 0);
    }
  }
  return { freedBytes };
}

function rootOf({ cacheFolder, urlFolder }: HubPlaces, { origin, path: file, name }: FoundModel): string {
  switch (origin) {
    case "hub":
      return cacheFolder;
    case "download":
      return urlFolder;
    default:
      throw new EngineError({ code: "notOurModel", path: file, owner: origin, name });
  }
}

/** The folder that has the file must be below the root by its real path too: a link on the way leads to somebody else's. */
async function requireInside(root: string, file: string, name: string): Promise<void> {
  if (!(await isInside(root, path.dirname(file)))) {
    throw new EngineError({ code: "notOurModel", path: file, owner: "file", name });
  }
}

async function isInside(root: string, folder: string): Promise<boolean> {
  const below = path.relative(root, folder);
  const real = await fs.realpath(folder).catch(() => undefined);
  return !below.startsWith("..") && real === path.join(await fs.realpath(root), below);
}

/** Another part of it may still be coming. */
async function requireNoDownload(places: HubPlaces, { source, name }: FoundModel): Promise<void> {
  for (const { content } of await leftovers(places)) {
    const sameModel =
      source?.kind === "hub" &&
      content.source.kind === "hub" &&
      content.source.repo === source.repo &&
      partsOf(source.file).includes(content.source.file);
    if (sameModel && (await isHeld(content.lock))) {
      throw new EngineError({ code: "downloadLocked", file: name });
    }
  }
}

async function deleteFromCache(root: string, file: string): Promise<number> {
  const [repo = "", , commit = ""] = path.relative(root, file).split(path.sep);
  const repoFolder = path.join(root, repo);
  const link = (await fs.lstat(file)).isSymbolicLink();
  const blob = await fs.realpath(file);
  const blobs = path.join(await fs.realpath(root), repo, "blobs");
  let freedBytes = await unlink(file);
  if (link && path.dirname(blob) === blobs && !(await isLinked(path.join(repoFolder, "snapshots"), blob))) {
    freedBytes += await unlink(blob);
  }
  await removeEmptyFolders(path.dirname(file), repoFolder);
  const refs = path.join(repoFolder, "refs");
  if ((await isInside(root, refs)) && !(await isThere(path.join(repoFolder, "snapshots", commit)))) {
    await removeRefs(refs, commit);
  }
  for (const folder of ["blobs", "snapshots", "refs", "."]) {
    await removeIfEmpty(path.join(repoFolder, folder));
  }
  await removeLocks(root, repo);
  return freedBytes;
}

async function deleteDownload(root: string, file: string): Promise<number> {
  const folder = path.dirname(file);
  const freedBytes = await unlink(file);
  await fs.rm(downloadNotePath(file), { force: true });
  await removeEmptyFolders(folder, root);
  await removeLocks(root, path.basename(folder));
  return freedBytes;
}

/** How much that makes free: nothing where it is a link, or has another name. */
async function unlink(file: string): Promise<number> {
  const stats = await fs.lstat(file);
  await fs.unlink(file);
  return stats.isFile() && stats.nlink === 1 ? stats.size : 0;
}

/** Whether some file of some commit still needs a blob. */
async function isLinked(snapshots: string, blob: string): Promise<boolean> {
  const entries = await fs.readdir(snapshots, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((one) => one.isSymbolicLink())) {
    const target = await fs.realpath(path.join(entry.parentPath, entry.name)).catch(() => undefined);
    if (target === blob) {
      return true;
    }
  }
  return false;
}

/** Branches and tags of a commit that has no files here any more. */
async function removeRefs(refs: string, commit: string): Promise<void> {
  for (const ref of (await refsOf(refs)).filter((one) => one.commit === commit)) {
    await fs.rm(ref.file, { force: true });
    await removeEmptyFolders(path.dirname(ref.file), refs);
  }
}

async function isThere(file: string): Promise<boolean> {
  return (await fs.stat(file).catch(() => undefined)) !== undefined;
}

/** A folder and those above it, up to one that stays in any case. */
async function removeEmptyFolders(folder: string, end: string): Promise<void> {
  for (let current = folder; current !== end && (await removeIfEmpty(current));) {
    current = path.dirname(current);
  }
}

/** The folder of locks of a repository or an address, where no lock is in it. */
async function removeLocks(root: string, name: string): Promise<void> {
  const folder = path.join(root, ".locks", name);
  if (await isInside(root, folder)) {
    await removeIfEmpty(folder);
  }
}

async function removeIfEmpty(folder: string): Promise<boolean> {
  try {
    await fs.rmdir(folder);
    return true;
  } catch (error) {
    return isMissing(error); // what is not empty, or a link, stays
  }
}

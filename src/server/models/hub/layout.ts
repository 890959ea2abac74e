/**
 * Where files lie: the cache layout of the Hub's own programs (blobs by content, snapshots that link to them, refs that name
 * commits), so that what one has downloaded serves all, and a folder of ours for other addresses.
 */
import { createHash } from "node:crypto";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import type { HubSource, ModelSource, UrlSource } from "../../../protocol/models";
import type { HubPlaces } from "./places";
import { isMissing } from "./systemErrors";

/** The paths of one file while it comes and when it is there. */
export interface Place {
  /** What has come so far. */
  readonly partial: string;
  /** Whose it is, in JSON; goes with the partial file. */
  readonly note: string;
  readonly blob: string;
  /** The path that is used: a link to the blob, or the blob itself. */
  readonly file: string;
  readonly lock: string;
}

const FULL_SHA256 = /^[0-9a-f]{64}$/;
const COMMIT = /^[0-9a-f]{40}$/;

export function repoFolder(places: HubPlaces, repo: string): string {
  return path.join(places.cacheFolder, `models--${repo.replace("/", "--")}`);
}

export function hubPlace(places: HubPlaces, { repo, file }: HubSource, id: string, commit: string): Place {
  const blob = path.join(repoFolder(places, repo), "blobs", id);
  return {
    ...blobPlace(places.cacheFolder, path.basename(repoFolder(places, repo)), blob),
    file: path.join(repoFolder(places, repo), "snapshots", commit, ...file.split("/")),
  };
}

export function urlPlace(places: HubPlaces, source: UrlSource, id: string): Place {
  const folder = urlFolder(places, source);
  const blob = path.join(folder, `${id}.blob`);
  return {
    ...blobPlace(places.urlFolder, path.basename(folder), blob),
    blob: urlFile(places, source),
    file: urlFile(places, source),
  };
}

function blobPlace(root: string, name: string, blob: string): Omit<Place, "file"> {
  const partial = `${blob}.incomplete`;
  // beside the locks of the Hub's other programs, which are files of another name
  return {
    partial,
    note: `${partial}.json`,
    blob,
    lock: path.join(root, ".locks", name, `${path.basename(blob)}.pid`),
  };
}

function urlFolder(places: HubPlaces, { url }: UrlSource): string {
  return path.join(places.urlFolder, createHash("sha256").update(url).digest("hex").slice(0, 16));
}

function urlFile(places: HubPlaces, source: UrlSource): string {
  const name = decodeURIComponent(path.posix.basename(new URL(source.url).pathname));
  return path.join(urlFolder(places, source), name.replace(/[^\w.+=@ -]/g, "_").replace(/^\.+$/, "") || "model.gguf");
}

/** As the function of that name in node:fs/promises. */
export type Symlink = (target: string, path: string, type: "file") => Promise<void>;

/** Makes a whole file known by its name: renames it to its blob, and links to that. */
export async function publish(place: Place, symlink: Symlink = fs.symlink): Promise<void> {
  await fs.rename(place.partial, place.blob);
  await fs.rm(place.note, { force: true });
  await link(place, "ours", symlink);
}

/**
 * Links the name to the blob. Where links are not allowed (Windows without developer mode) a blob of ours moves there; one
 * that was there before is copied, because names of other revisions and other programs may link to it.
 */
export async function link(place: Place, blob: "ours" | "shared", symlink: Symlink = fs.symlink): Promise<void> {
  if (place.file === place.blob) {
    return;
  }
  await fs.mkdir(path.dirname(place.file), { recursive: true });
  await fs.rm(place.file, { force: true });
  try {
    await symlink(path.relative(path.dirname(place.file), place.blob), place.file, "file");
  } catch {
    await (blob === "ours" ? fs.rename(place.blob, place.file) : copyWhole(place.blob, place.file));
  }
}

/** A copy that ended half-way must not be taken for the model. */
async function copyWhole(from: string, to: string): Promise<void> {
  const unfinished = `${to}.copying`;
  try {
    await fs.copyFile(from, unfinished, fs.constants.COPYFILE_FICLONE);
    await fs.rename(unfinished, to);
  } finally {
    await fs.rm(unfinished, { force: true });
  }
}

export async function writeRef(
  places: HubPlaces,
  { repo, revision = "main" }: HubSource,
  commit: string,
): Promise<void> {
  if (revision !== commit) {
    const file = path.join(repoFolder(places, repo), "refs", ...revision.split("/"));
    await fs.mkdir(path.dirname(file), { recursive: true });
    await fs.writeFile(file, commit);
  }
}

/** The commit that a revision meant when it was last looked up here. */
export async function knownCommit(
  places: HubPlaces,
  source: Pick<HubSource, "repo" | "revision">,
): Promise<string | undefined> {
  const { repo, revision = "main" } = source;
  if (COMMIT.test(revision)) {
    return revision;
  }
  const ref = await readIfThere(path.join(repoFolder(places, repo), "refs", ...revision.split("/")));
  return ref !== undefined && COMMIT.test(ref.trim()) ? ref.trim() : undefined;
}

/** A file that is there, whole. */
export interface PresentFile {
  readonly file: string;
  readonly bytes: number;
  readonly sha256?: string;
  readonly commit?: string;
}

/** Looks for a file without any network: by its revision or, where its sum is pinned, at whichever commit has that content. */
export async function findFile(places: HubPlaces, source: ModelSource): Promise<PresentFile | undefined> {
  if (source.kind === "url") {
    return present(urlFile(places, source), source.sha256);
  }
  const snapshots = path.join(repoFolder(places, source.repo), "snapshots");
  const known = await knownCommit(places, source);
  const others = source.sha256 === undefined ? [] : await namesIn(snapshots);
  for (const commit of [...(known === undefined ? [] : [known]), ...others]) {
    const found = await present(path.join(snapshots, commit, ...source.file.split("/")), source.sha256);
    if (found !== undefined) {
      return { ...found, commit };
    }
  }
  return undefined;
}

/** A link to a blob tells the sum; a plain file has no more than our word that it was checked when it came. */
async function present(file: string, pinned: string | undefined): Promise<PresentFile | undefined> {
  try {
    const stats = await fs.stat(file);
    const blob = path.basename(await fs.realpath(file));
    const sha256 = FULL_SHA256.test(blob) ? blob : pinned;
    if (!stats.isFile() || (pinned !== undefined && sha256 !== pinned)) {
      return undefined;
    }
    return { file, bytes: stats.size, ...(sha256 === undefined ? {} : { sha256 }) };
  } catch (error) {
    if (isMissing(error)) {
      return undefined;
    }
    throw error;
  }
}

export async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await fs.readdir(folder);
  } catch (error) {
    if (isMissing(error)) {
      return [];
    }
    throw error;
  }
}

export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await fs.readFile(file, "utf8");
  } catch (error) {
    if (isMissing(error)) {
      return undefined;
    }
    throw error;
  }
}

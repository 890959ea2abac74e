/** A note beside each partial file says whose it is, so that unfinished downloads can be listed and gone on with. */
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { isRecord, type JsonRecord } from "../../../base/json";
import type { ModelSource, UnfinishedDownload } from "../../../protocol/models";
import { namesIn, readIfThere, type Place } from "./layout";
import { isHeld } from "./lock";
import type { HubPlaces } from "./places";

export interface PartialNote {
  readonly source: ModelSource;
  readonly totalBytes: number;
  /** Path of the lock; whether it is held says whether the download runs. */
  readonly lock: string;
}

export async function writeNote(place: Place, source: ModelSource, totalBytes: number): Promise<void> {
  const note: PartialNote = { source, totalBytes, lock: place.lock };
  await fs.mkdir(path.dirname(place.note), { recursive: true });
  await fs.writeFile(place.note, JSON.stringify(note));
}

/** A partial file with what its note says. */
export interface Leftover {
  readonly partial: string;
  readonly note: string;
  readonly bytes: number;
  readonly content: PartialNote;
}

/** All partial files of ours. Those of other programs have no note. */
export async function leftovers(places: HubPlaces): Promise<readonly Leftover[]> {
  const repos = (await namesIn(places.cacheFolder)).filter((name) => name.startsWith("models--"));
  const folders = [
    ...repos.map((name) => path.join(places.cacheFolder, name, "blobs")),
    ...(await namesIn(places.urlFolder)).map((name) => path.join(places.urlFolder, name)),
  ];
  const found = await Promise.all(folders.map(leftoversIn));
  return found.flat();
}

export async function unfinished(places: HubPlaces): Promise<readonly UnfinishedDownload[]> {
  const all = await leftovers(places);
  return Promise.all(
    all.map(async ({ bytes, content: { source, totalBytes, lock } }) => ({
      source,
      bytes,
      totalBytes,
      running: await isHeld(lock),
    })),
  );
}

export function isSameSource(a: ModelSource, b: ModelSource): boolean {
  return a.kind === "url" || b.kind === "url"
    ? a.kind === b.kind && "url" in a && "url" in b && a.url === b.url
    : a.repo === b.repo && a.file === b.file && (a.revision ?? "main") === (b.revision ?? "main");
}

async function leftoversIn(folder: string): Promise<readonly Leftover[]> {
  const suffix = ".incomplete.json";
  const names = (await namesIn(folder)).filter((name) => name.endsWith(suffix));
  const found = await Promise.all(names.map((name) => readLeftover(path.join(folder, name))));
  return found.filter((one) => one !== undefined);
}

async function readLeftover(note: string): Promise<Leftover | undefined> {
  const content = parseNote(await readIfThere(note));
  const partial = note.slice(0, -".json".length);
  const stats = await fs.stat(partial).catch(() => undefined); // finished in this moment
  return content === undefined || stats === undefined ? undefined : { partial, note, bytes: stats.size, content };
}

function parseNote(text: string | undefined): PartialNote | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text ?? "");
  } catch {
    return undefined; // cut off by the end of its process; the next attempt writes it again
  }
  if (!isRecord(value) || !isRecord(value["source"])) {
    return undefined;
  }
  const { totalBytes, lock } = value;
  const source = parseSource(value["source"]);
  return source !== undefined && typeof totalBytes === "number" && typeof lock === "string"
    ? { source, totalBytes, lock }
    : undefined;
}

function parseSource(value: JsonRecord): ModelSource | undefined {
  const text = (key: string): string | undefined => (typeof value[key] === "string" ? value[key] : undefined);
  const [repo, file, url, sha256, revision] = ["repo", "file", "url", "sha256", "revision"].map(text);
  const pinned = sha256 === undefined ? {} : { sha256 };
  if (value["kind"] === "url" && url !== undefined) {
    return { kind: "url", url, ...pinned };
  }
  return value["kind"] === "hub" && repo !== undefined && file !== undefined
    ? { kind: "hub", repo, file, ...pinned, ...(revision === undefined ? {} : { revision }) }
    : undefined;
}

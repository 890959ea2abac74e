/** Downloads a model: looks what is there, asks the server, checks the disk, and brings its parts one after the other. */
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { EngineError } from "../../../protocol/engineErrors";
import type {
  DownloadedModel,
  DownloadProgress,
  DownloadResult,
  LocalModel,
  ModelSource,
} from "../../../protocol/models";
import { findFile, type PresentFile } from "./layout";
import { isHeld } from "./lock";
import { isSameSource, leftovers } from "./notes";
import { askFor, bring, bytesThere, nameOf, type Part } from "./part";
import type { HubPlaces } from "./places";
import { ProgressMeter } from "./progress";
import type { HubSession } from "./session";
import { partsOf } from "./splitFiles";
import { requireSpace } from "./systemErrors";
import { ContentChanged } from "./transfer";

/** What is there is used without asking anybody. Fails with the codes of hubErrors.ts and `notGguf`. */
export async function download(
  session: HubSession,
  source: ModelSource,
  onProgress: (progress: DownloadProgress) => void,
  signal: AbortSignal,
): Promise<DownloadResult> {
  const sources = partSources(source);
  const before = allOf(await findEach(session.places, sources));
  if (before !== undefined) {
    return { ...describe(source, before), downloaded: false };
  }
  if (session.places.offline) {
    throw new EngineError({ code: "offline", file: nameOf(source) });
  }
  onProgress({ phase: "checking", bytes: 0 });
  for (;;) {
    try {
      const parts = await Promise.all(sources.map((one) => askFor(session, one, signal)));
      return { ...describe(source, await bringAll(session, parts, onProgress, signal)), downloaded: true };
    } catch (error) {
      if (!(error instanceof ContentChanged)) {
        throw error;
      }
      await discardPartial(session.places, source); // it is of the content that was there before
    }
  }
}

async function bringAll(
  session: HubSession,
  parts: readonly Part[],
  onProgress: (progress: DownloadProgress) => void,
  signal: AbortSignal,
): Promise<readonly PresentFile[]> {
  const sizes = parts.map(({ remote }) => remote.bytes);
  const totalBytes = sizes.every((size) => size !== undefined) ? sum(sizes) : undefined;
  const there = sum(await Promise.all(parts.map(bytesThere)));
  const [first] = parts;
  if (first !== undefined && totalBytes !== undefined) {
    await requireSpace(path.dirname(first.place.blob), totalBytes - there);
  }
  const meter = new ProgressMeter(totalBytes, onProgress);
  const files: PresentFile[] = [];
  for (const part of parts) {
    const before = sum(files.map(({ bytes }) => bytes));
    const file = await bring(
      session,
      part,
      (phase, bytes) => {
        meter.report(phase, before + bytes);
      },
      signal,
    );
    files.push(file);
  }
  return files;
}

/** What is there of a model. Never uses the network. */
export async function locate(places: HubPlaces, source: ModelSource): Promise<LocalModel> {
  const sources = partSources(source);
  const found = await findEach(places, sources);
  const all = allOf(found);
  if (all !== undefined) {
    return { kind: "present", model: describe(source, all) };
  }
  const left = (await leftovers(places)).filter(({ content }) =>
    sources.some((one) => isSameSource(one, content.source)),
  );
  const bytes = sum([...left, ...found.filter((one) => one !== undefined)].map((one) => one.bytes));
  const [only] = left;
  return bytes === 0
    ? { kind: "absent" }
    : {
        kind: "partial",
        bytes,
        ...(sources.length === 1 && only !== undefined ? { totalBytes: only.content.totalBytes } : {}),
      };
}

/** Deletes what is there of an unfinished download. */
export async function discardPartial(places: HubPlaces, source: ModelSource): Promise<{ readonly freedBytes: number }> {
  const sources = partSources(source);
  let freedBytes = 0;
  for (const { partial, note, bytes, content } of await leftovers(places)) {
    if (sources.some((one) => isSameSource(one, content.source))) {
      if (await isHeld(content.lock)) {
        throw new EngineError({ code: "downloadLocked", file: nameOf(source) });
      }
      await fs.rm(partial, { force: true });
      await fs.rm(note, { force: true });
      freedBytes += bytes;
    }
  }
  return { freedBytes };
}

/** The sources of all parts; what is pinned is so for the part that is named. */
export function partSources(source: ModelSource): readonly ModelSource[] {
  if (source.kind === "url") {
    return [source];
  }
  const { repo, revision } = source;
  return partsOf(source.file).map((file) =>
    file === source.file ? source : { kind: "hub", repo, file, ...(revision === undefined ? {} : { revision }) },
  );
}

function findEach(places: HubPlaces, sources: readonly ModelSource[]): Promise<readonly (PresentFile | undefined)[]> {
  return Promise.all(sources.map((one) => findFile(places, one)));
}

function allOf(files: readonly (PresentFile | undefined)[]): readonly PresentFile[] | undefined {
  const there = files.filter((file) => file !== undefined);
  return there.length === files.length ? there : undefined;
}

function describe(source: ModelSource, files: readonly PresentFile[]): DownloadedModel {
  const named =
    files.find(({ file }) => source.kind === "hub" && file.endsWith(path.basename(source.file))) ?? files[0];
  const { sha256, commit } = named ?? {};
  return {
    path: files[0]?.file ?? "",
    paths: files.map(({ file }) => file),
    bytes: sum(files.map(({ bytes }) => bytes)),
    ...(sha256 === undefined ? {} : { sha256 }),
    ...(commit === undefined ? {} : { commit }),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

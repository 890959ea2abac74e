/** Brings one file of a model into its place: as the process that downloads it, or behind another one that does. */
import type { Stats } from "node:fs";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { EngineError } from "../../../protocol/engineErrors";
import type { DownloadPhase, ModelSource } from "../../../protocol/models";
import { writeDownloadNote } from "./downloadNote";
import { hubPlace, link, publish, urlPlace, writeRef, type Place, type PresentFile } from "./layout";
import { isHeld, Lock } from "./lock";
import { writeNote } from "./notes";
import { askHub, askUrl, withoutQuery, type RemoteFile } from "./remoteFile";
import type { HubSession } from "./session";
import { codeOf, diskFailure } from "./systemErrors";
import { DiskError, Transfer } from "./transfer";

/** How often the progress of another process is looked at. */
const FOLLOW_MS = 250;

/** One file of a model, with what its server says of it. */
export interface Part {
  readonly source: ModelSource;
  readonly remote: RemoteFile;
  readonly place: Place;
}

export type PartProgress = (phase: Exclude<DownloadPhase, "queued">, bytes: number) => void;

/** For messages. */
export function nameOf(source: ModelSource): string {
  return source.kind === "url" ? withoutQuery(source.url) : `${source.repo}/${source.file}`;
}

/** Asks what the file is. Fails with `hubChanged` where that is not what the source pins. */
export async function askFor(session: HubSession, source: ModelSource, signal: AbortSignal): Promise<Part> {
  const remote = await askServer(session, source, signal);
  const place =
    source.kind === "hub"
      ? hubPlace(session.places, source, remote.id, remote.commit ?? "")
      : urlPlace(session.places, source, remote.id);
  return { source, remote, place };
}

/** How many of its bytes are on the disk. */
export async function bytesThere({ place, remote }: Part): Promise<number> {
  return (await isWhole(place, remote)) ? (remote.bytes ?? 0) : sizeOf(place.partial);
}

/** Resolves when the file is whole, verified, and has its name. */
export async function bring(
  session: HubSession,
  part: Part,
  onProgress: PartProgress,
  signal: AbortSignal,
): Promise<PresentFile> {
  const { place, remote, source } = part;
  try {
    const bytes = await untilThere(session, part, onProgress, signal);
    if (source.kind === "hub" && remote.commit !== undefined) {
      await writeRef(session.places, source, remote.commit);
    }
    return {
      file: place.file,
      bytes,
      ...(remote.sha256 === undefined ? {} : { sha256: remote.sha256 }),
      ...(remote.commit === undefined ? {} : { commit: remote.commit }),
    };
  } catch (error) {
    const reason = error instanceof DiskError ? error.cause : error;
    if (error instanceof DiskError || codeOf(error) !== undefined) {
      const neededBytes = Math.max(0, (remote.bytes ?? 0) - (await sizeOf(place.partial)));
      throw await diskFailure(reason, path.dirname(place.blob), neededBytes);
    }
    throw error;
  }
}

async function untilThere(
  session: HubSession,
  part: Part,
  onProgress: PartProgress,
  signal: AbortSignal,
): Promise<number> {
  const { place, remote } = part;
  for (;;) {
    signal.throwIfAborted();
    if (await isWhole(place, remote)) {
      await linkIfMissing(place);
      return sizeOf(place.file);
    }
    const lock = await Lock.tryTake(place.lock);
    if (lock === undefined) {
      await follow(place, onProgress, signal);
      continue;
    }
    try {
      return await transfer(session, part, onProgress, AbortSignal.any([signal, lock.lost]));
    } catch (error) {
      if (!lock.lost.aborted || signal.aborted) {
        throw error;
      }
      // another process has taken it over, and is followed from here on
    } finally {
      await lock.release();
    }
  }
}

async function transfer(
  session: HubSession,
  { source, remote, place }: Part,
  onProgress: PartProgress,
  signal: AbortSignal,
): Promise<number> {
  await writeNote(place, source, remote.bytes ?? 0);
  try {
    const { bytes, sha256 } = await new Transfer({
      session,
      remote,
      path: place.partial,
      name: nameOf(source),
      askAgain: () => askServer(session, source, signal),
      onProgress,
    }).run(signal);
    if (source.kind === "url") {
      await writeDownloadNote(place.file, source, sha256);
    }
    await publish(place);
    return bytes;
  } finally {
    await removeIfEmpty(place);
  }
}

/** Another process downloads it: shows how far it is, until it is there or that process has given up or died. */
async function follow(place: Place, onProgress: PartProgress, signal: AbortSignal): Promise<void> {
  do {
    onProgress("shared", await sizeOf(place.partial));
    await delay(FOLLOW_MS, undefined, { signal });
  } while (await isHeld(place.lock));
}

async function askServer(session: HubSession, source: ModelSource, signal: AbortSignal): Promise<RemoteFile> {
  if (source.kind === "url") {
    return askUrl(session, source, signal);
  }
  const remote = await askHub(session, source, signal);
  if (source.sha256 !== undefined && remote.id !== source.sha256) {
    throw new EngineError({
      code: "hubChanged",
      file: nameOf(source),
      expectedSha256: source.sha256,
      actualSha256: remote.id,
    });
  }
  return remote;
}

/** A blob of the right size was verified by whoever gave it its name. */
async function isWhole({ blob, file }: Place, { bytes }: RemoteFile): Promise<boolean> {
  const stats = (await statIfThere(blob)) ?? (await statIfThere(file));
  return stats?.isFile() === true && stats.size === (bytes ?? stats.size);
}

async function linkIfMissing(place: Place): Promise<void> {
  if ((await statIfThere(place.file)) === undefined) {
    await link(place, "shared");
  }
}

async function sizeOf(file: string): Promise<number> {
  return (await statIfThere(file))?.size ?? 0;
}

async function removeIfEmpty({ partial, note }: Place): Promise<void> {
  if ((await sizeOf(partial)) === 0) {
    await fs.rm(partial, { force: true });
    await fs.rm(note, { force: true });
  }
}

async function statIfThere(file: string): Promise<Stats | undefined> {
  return fs.stat(file).catch(() => undefined); // whatever is wrong with it shows when it is written
}

/**
 * The files of saved conversations in one folder: `<id>.json`, each replaced as a whole, so that whoever reads one (another
 * window, or this one after a crash) finds all of the old text or all of the new. No index is kept beside them.
 */
import { existsSync, mkdirSync, rmSync, watch, type Stats } from "node:fs";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { Disposable } from "../../../base/disposables";
import { isRecord } from "../../../base/json";
import { isConversationId } from "./storedConversation";

/** Which version of a file: two that are equal have the same content. */
export type FileStamp = string;

export interface FileEntry {
  readonly id: string;
  readonly stamp: FileStamp;
}

const extension = ".json";
const damagedExtension = ".damaged";
/** Conversations are nobody else's business. */
const folderMode = 0o700;
const fileMode = 0o600;
/** On Windows a file that another program has open for a moment (a virus scanner, another window) cannot be replaced. */
const busyCodes: readonly unknown[] = ["EPERM", "EACCES", "EBUSY"];
const busyAttempts = 5;
const busyDelayMs = 40;
/** What a crash left of a write that never ended. */
const leftoverAgeMs = 3_600_000;
const leftover = /^[\w-]+\.json\.\d+$/;

export class ConversationFiles {
  constructor(readonly folder: string) {}

  /** The conversations in the folder, in no order; none where the folder does not exist yet. */
  async list(): Promise<FileEntry[]> {
    const names = await fs.readdir(this.folder).catch(none);
    const entries = await Promise.all(
      names.map(async (name) => {
        const id = name.endsWith(extension) ? name.slice(0, -extension.length) : "";
        const stamp = isConversationId(id) ? await this.stamp(id) : undefined;
        return stamp === undefined ? [] : [{ id, stamp }];
      }),
    );
    return entries.flat();
  }

  /** `undefined` where there is no such file. */
  async stamp(id: string): Promise<FileStamp | undefined> {
    const stats = await fs.stat(this.fileOf(id)).catch(() => undefined);
    return stats?.isFile() === true ? stampOf(stats) : undefined;
  }

  /**
   * The text of a file and its stamp.
   * @throws Error where the file is there and cannot be read
   */
  async read(id: string): Promise<{ readonly text: string; readonly stamp: FileStamp } | undefined> {
    const handle = await fs.open(this.fileOf(id), "r").catch(unlessMissing);
    if (handle === undefined) {
      return undefined;
    }
    try {
      const stamp = stampOf(await handle.stat());
      return { text: await handle.readFile("utf8"), stamp };
    } finally {
      await handle.close();
    }
  }

  /**
   * Replaces the file, or makes it.
   * @throws Error where the disk is full, or the folder cannot be written
   */
  async write(id: string, text: string): Promise<FileStamp | undefined> {
    await fs.mkdir(this.folder, { recursive: true, mode: folderMode });
    for (let attempt = 1; ; attempt++) {
      try {
        await writeFileAtomic(this.fileOf(id), text, { mode: fileMode });
        return await this.stamp(id);
      } catch (error) {
        if (attempt === busyAttempts || !busyCodes.includes(codeOf(error))) {
          throw error;
        }
        await new Promise((resolve) => setTimeout(resolve, busyDelayMs * attempt));
      }
    }
  }

  /** The same at once, for the moment in which the extension ends and nothing is waited for. */
  writeNow(id: string, text: string): void {
    mkdirSync(this.folder, { recursive: true, mode: folderMode });
    writeFileAtomic.sync(this.fileOf(id), text, { mode: fileMode });
  }

  async remove(id: string): Promise<void> {
    await fs.rm(this.fileOf(id), { force: true });
  }

  removeNow(id: string): void {
    rmSync(this.fileOf(id), { force: true });
  }

  /** Renames a file that cannot be read, so that nothing of it is lost and it is not met again. Gives its new path. */
  async setAside(id: string): Promise<string> {
    const file = this.fileOf(id);
    for (let copy = 1; ; copy++) {
      const aside = copy === 1 ? file + damagedExtension : `${file}.${String(copy)}${damagedExtension}`;
      const isFree = await fs.access(aside).then(
        () => false,
        () => true,
      );
      if (isFree) {
        await fs.rename(file, aside);
        return aside;
      }
    }
  }

  /** Deletes what writes that were cut off by a crash have left behind. */
  async removeLeftovers(now: number): Promise<void> {
    for (const name of (await fs.readdir(this.folder).catch(none)).filter((each) => leftover.test(each))) {
      const file = path.join(this.folder, name);
      const stats = await fs.stat(file).catch(() => undefined);
      if (stats !== undefined && now - stats.mtimeMs > leftoverAgeMs) {
        await fs.rm(file, { force: true });
      }
    }
  }

  /** Calls back when files may have changed, by whomever. `undefined` while there is no folder yet, or no watching it. */
  watch(changed: () => void, failed: (error: unknown) => void): Disposable | undefined {
    if (!existsSync(this.folder)) {
      return undefined;
    }
    try {
      const watcher = watch(this.folder, { persistent: false }, changed);
      watcher.on("error", failed);
      return {
        dispose: () => {
          watcher.close();
        },
      };
    } catch (error) {
      failed(error); // the system's watchers are used up, or its disk has none
      return undefined;
    }
  }

  private fileOf(id: string): string {
    if (!isConversationId(id)) {
      throw new Error(`Not the id of a conversation: ${id}`);
    }
    return path.join(this.folder, id + extension);
  }
}

function stampOf({ ino, mtimeMs, size }: Stats): FileStamp {
  return `${String(ino)}:${String(mtimeMs)}:${String(size)}`;
}

function none(): string[] {
  return [];
}

function codeOf(error: unknown): unknown {
  return isRecord(error) ? error["code"] : undefined;
}

function unlessMissing(error: unknown): undefined {
  if (codeOf(error) !== "ENOENT") {
    throw error;
  }
}

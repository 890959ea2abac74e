/**
 * A lock between processes that survives the death of its owner: a file that names the owner's process, touched while it
 * lives. It is dead when its process is gone, or (on another machine of a shared folder) when nothing has touched the file for
 * long. Two that both believe to own it write the same bytes to the same places, so a wrong guess costs time, not content.
 */
import { randomUUID } from "node:crypto";
import { unlinkSync } from "node:fs";
import * as fs from "node:fs/promises";
import { hostname } from "node:os";
import * as path from "node:path";
import { isRecord } from "../../../base/json";
import { codeOf, isMissing } from "./systemErrors";

const TOUCH_MS = 2_000;
const SILENT_MS = 30_000;

interface Owner {
  readonly id: string;
  readonly pid: number;
  readonly host: string;
}

export class Lock {
  /** Aborted when another process has taken the lock. */
  readonly lost: AbortSignal;
  private readonly loss = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private readonly onExit = (): void => {
    try {
      unlinkSync(this.file);
    } catch {
      // it is gone already
    }
  };

  private constructor(
    private readonly file: string,
    private readonly owner: Owner,
  ) {
    this.lost = this.loss.signal;
    this.timer = setInterval(() => void this.touch(), TOUCH_MS);
    this.timer.unref();
    process.once("exit", this.onExit);
  }

  /** `undefined` where a living process has it. */
  static async tryTake(file: string): Promise<Lock | undefined> {
    const owner: Owner = { id: randomUUID(), pid: process.pid, host: hostname() };
    await fs.mkdir(path.dirname(file), { recursive: true });
    for (;;) {
      try {
        await fs.writeFile(file, JSON.stringify(owner), { flag: "wx" });
        return new Lock(file, owner);
      } catch (error) {
        if (codeOf(error) !== "EEXIST") {
          throw error;
        }
      }
      if (await isHeld(file)) {
        return undefined;
      }
      await removeDead(file);
    }
  }

  async release(): Promise<void> {
    this.stop();
    if ((await readOwner(this.file))?.id === this.owner.id) {
      await fs.rm(this.file, { force: true });
    }
  }

  private async touch(): Promise<void> {
    try {
      if ((await readOwner(this.file))?.id === this.owner.id) {
        const now = new Date();
        await fs.utimes(this.file, now, now);
        return;
      }
    } catch {
      // the folder has been deleted under us, which is as good as taken
    }
    this.stop();
    this.loss.abort();
  }

  private stop(): void {
    clearInterval(this.timer);
    process.removeListener("exit", this.onExit);
  }
}

/** Whether a living process has the lock. */
export async function isHeld(file: string): Promise<boolean> {
  const stats = await fs.stat(file).catch(() => undefined);
  if (stats === undefined) {
    return false;
  }
  const owner = await readOwner(file);
  if (owner?.host === hostname() && !isAlive(owner.pid)) {
    return false;
  }
  return Date.now() - stats.mtimeMs < SILENT_MS; // also one that is being written, and has no owner yet
}

/** Moves the file away first: of two processes only one succeeds, and it sees what it has really moved. */
async function removeDead(file: string): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await fs.rename(file, aside);
  } catch (error) {
    if (isMissing(error)) {
      return;
    }
    throw error;
  }
  if (await isHeld(aside)) {
    await fs.copyFile(aside, file, fs.constants.COPYFILE_EXCL).catch(() => undefined); // another one has taken it
  }
  await fs.rm(aside, { force: true });
}

async function readOwner(file: string): Promise<Owner | undefined> {
  try {
    const value: unknown = JSON.parse(await fs.readFile(file, "utf8"));
    return isRecord(value) &&
      typeof value["id"] === "string" &&
      typeof value["pid"] === "number" &&
      typeof value["host"] === "string"
      ? { id: value["id"], pid: value["pid"], host: value["host"] }
      : undefined;
  } catch {
    return undefined; // gone, or being written
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM"; // it lives, as another user's
  }
}

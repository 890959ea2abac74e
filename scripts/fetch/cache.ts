/** The folder for everything fetched (git-ignored), and how something gets into it: whole or not at all. */
import { randomUUID } from "node:crypto";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { projectRoot } from "../command";

const stampName = ".fetched";
const abandonedAfterMs = 24 * 60 * 60 * 1000;

/** `.cache/` of the project, or the folder named by LLAMA2_DEV_CACHE. */
export function cacheFolder(...segments: string[]): string {
  return path.join(path.resolve(process.env["LLAMA2_DEV_CACHE"] ?? path.join(projectRoot, ".cache")), ...segments);
}

/**
 * Builds `folder` by `build` unless it is already there with the same `description` (versions, hashes, recipe).
 * The work is done in a staging folder that is renamed at the end, so that an interrupted run leaves nothing half done
 * and two processes that install at once do not meet: the first to finish wins, the other drops its copy.
 */
export async function installOnce(
  folder: string,
  description: string,
  build: (staging: string) => Promise<void>,
): Promise<void> {
  if ((await readStamp(folder)) === description) {
    return;
  }
  await withStaging(async (staging) => {
    await build(staging);
    await fs.writeFile(path.join(staging, stampName), description);
    await moveIntoPlace(staging, folder, description);
  });
}

/** Gives `use` an empty folder inside the cache (same file system: renames are atomic) and removes it afterwards. */
export async function withStaging<T>(use: (staging: string) => Promise<T>): Promise<T> {
  await removeAbandonedStaging();
  const staging = cacheFolder("staging", randomUUID());
  await fs.mkdir(staging, { recursive: true });
  try {
    return await use(staging);
  } finally {
    await fs.rm(staging, { recursive: true, force: true });
  }
}

async function moveIntoPlace(staging: string, folder: string, description: string): Promise<void> {
  if ((await readStamp(folder)) === description) {
    return; // another process was faster
  }
  await fs.rm(folder, { recursive: true, force: true });
  await fs.mkdir(path.dirname(folder), { recursive: true });
  try {
    await fs.rename(staging, folder);
  } catch (error) {
    if ((await readStamp(folder)) !== description) {
      throw error;
    }
  }
}

async function readStamp(folder: string): Promise<string | undefined> {
  return fs.readFile(path.join(folder, stampName), "utf8").catch(() => undefined); // no stamp: not fetched yet
}

async function removeAbandonedStaging(): Promise<void> {
  const folder = cacheFolder("staging");
  for (const name of await fs.readdir(folder).catch(() => [])) {
    const stats = await fs.stat(path.join(folder, name)).catch(() => undefined); // may vanish: its owner is done
    if (stats !== undefined && Date.now() - stats.mtimeMs > abandonedAfterMs) {
      await fs.rm(path.join(folder, name), { recursive: true, force: true });
    }
  }
}

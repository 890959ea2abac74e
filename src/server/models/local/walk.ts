/** Reads folders that belong to others: what is missing is empty, and what cannot be read is logged and left out. */
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { codeOf, isMissing } from "../hub/systemErrors";
import type { Log } from "./foundModel";

export interface Entry {
  readonly name: string;
  readonly path: string;
  readonly kind: "file" | "folder";
}

/** Links are followed; broken ones are logged. Hidden entries are left out. In the order of the names. */
export async function entriesOf(folder: string, log: Log): Promise<readonly Entry[]> {
  const names = await namesOf(folder, log);
  const entries = await Promise.all(
    names.map(async (name): Promise<Entry | undefined> => {
      const entry = path.join(folder, name);
      try {
        const stats = await fs.stat(entry);
        return stats.isDirectory()
          ? { name, path: entry, kind: "folder" }
          : stats.isFile()
            ? { name, path: entry, kind: "file" }
            : undefined;
      } catch (error) {
        log(`models: ${entry} is skipped (${codeOf(error) ?? String(error)})`);
        return undefined;
      }
    }),
  );
  return entries.filter((entry) => entry !== undefined);
}

/** GGUF files in a folder and so many levels below it: 1 for itself alone. The depth is also what ends a link to a folder above. */
export async function ggufFilesBelow(folder: string, levels: number, log: Log): Promise<readonly string[]> {
  const entries = await entriesOf(folder, log);
  const below = entries.map(async ({ kind, path: entry, name }): Promise<readonly string[]> => {
    if (kind === "folder") {
      return levels > 1 ? ggufFilesBelow(entry, levels - 1, log) : [];
    }
    return /\.gguf$/i.test(name) ? [entry] : [];
  });
  return (await Promise.all(below)).flat();
}

async function namesOf(folder: string, log: Log): Promise<readonly string[]> {
  try {
    const names = await fs.readdir(folder);
    return names.filter((name) => !name.startsWith(".")).sort();
  } catch (error) {
    if (!isMissing(error)) {
      log(`models: ${folder} is skipped (${codeOf(error) ?? String(error)})`);
    }
    return [];
  }
}

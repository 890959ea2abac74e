/** A note beside a file from another address than the Hub: where it came from and what it was. The Hub's cache tells both by its names. */
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { isRecord } from "../../../base/json";
import type { UrlSource } from "../../../protocol/models";
import { readIfThere } from "./layout";

export interface DownloadNote {
  readonly url: string;
  readonly sha256: string;
}

export function downloadNotePath(file: string): string {
  return `${file}.json`;
}

/** Before the file gets its name, so that none is without its note. */
export async function writeDownloadNote(file: string, { url }: UrlSource, sha256: string): Promise<void> {
  const note: DownloadNote = { url, sha256 };
  await fs.mkdir(path.dirname(file), { recursive: true });
  await fs.writeFile(downloadNotePath(file), JSON.stringify(note));
}

/** `undefined` where there is none, or it is damaged. */
export async function readDownloadNote(file: string): Promise<DownloadNote | undefined> {
  try {
    const value: unknown = JSON.parse((await readIfThere(downloadNotePath(file))) ?? "");
    const { url, sha256 } = isRecord(value) ? value : {};
    return typeof url === "string" && typeof sha256 === "string" && /^[0-9a-f]{64}$/.test(sha256)
      ? { url, sha256 }
      : undefined;
  } catch {
    return undefined; // the file is used without it; only its sum is not known then
  }
}

/** What the system's error codes mean for a download. */
import { statfs } from "node:fs/promises";
import * as path from "node:path";
import { EngineError } from "../../../protocol/engineErrors";

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

export function isMissing(error: unknown): boolean {
  return ["ENOENT", "ENOTDIR"].includes(codeOf(error) ?? "");
}

/** Throws `diskFull` where the disk of a folder (which may not exist yet) has less than is needed. */
export async function requireSpace(folder: string, neededBytes: number): Promise<void> {
  const freeBytes = await freeSpace(folder);
  if (neededBytes > freeBytes) {
    throw new EngineError({ code: "diskFull", folder, neededBytes, freeBytes });
  }
}

/** What a failed write, rename or link means; other errors are given back as they are. */
export async function diskFailure(error: unknown, folder: string, neededBytes: number): Promise<unknown> {
  const code = codeOf(error);
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return new EngineError(
        { code: "diskFull", folder, neededBytes, freeBytes: await freeSpace(folder) },
        { cause: error },
      );
    case "EACCES":
    case "EPERM":
    case "EBUSY":
    case "EROFS":
    case "EIO":
    case "ENOTDIR":
    case "EEXIST":
    case "EFBIG":
      return new EngineError({ code: "cacheNotWritable", folder, detail: code }, { cause: error });
    default:
      return error;
  }
}

async function freeSpace(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    const parent = path.dirname(folder);
    if (isMissing(error) && parent !== folder) {
      return freeSpace(parent);
    }
    return Number.POSITIVE_INFINITY; // a file system that cannot say it; writing will
  }
}

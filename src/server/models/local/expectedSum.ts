/** What a file's SHA-256 should be, as far as this machine knows: by the name of its blob, our note beside it, or the catalogue. */
import * as fs from "node:fs/promises";
import * as path from "node:path";
import type { ModelSource } from "../../../protocol/models";
import { findInCatalogue } from "../catalogue/catalogue";
import { readDownloadNote } from "../hub/downloadNote";
import { partsOf } from "../hub/splitFiles";

/** The Hub names blobs by the sum alone, Ollama with a word before it. */
const BLOB = /^(?:sha256-)?([0-9a-f]{64})$/;

/** `source` is that of this very file. */
export async function expectedSum(file: string, source: ModelSource | undefined): Promise<string | undefined> {
  const blob = BLOB.exec(path.basename(await fs.realpath(file)))?.[1];
  if (blob !== undefined) {
    return blob;
  }
  if (source?.kind === "hub") {
    return findInCatalogue(source.repo, source.file)?.file.sha256;
  }
  return source === undefined ? undefined : (await readDownloadNote(file))?.sha256;
}

/** Parts have the source of the one that is named, but for their number. */
export function sourceOfPart(source: ModelSource | undefined, index: number): ModelSource | undefined {
  return source?.kind === "hub" ? { ...source, file: partsOf(source.file)[index] ?? source.file } : source;
}

/** Reads a model from the disk and compares its SHA-256 with what it should be. */
import { EngineError } from "../../../protocol/engineErrors";
import type { Verification, VerifyProgress } from "../../../protocol/localModels";
import { isInCatalogue } from "../catalogue/catalogue";
import { hashFile } from "../hub/hashFile";
import type { Hasher } from "../hub/hasher";
import { fileError, readableFileSize } from "../inspect";
import { expectedSum, sourceOfPart } from "./expectedSum";
import type { FoundModel } from "./foundModel";

/** Between two messages. */
const INTERVAL_MS = 250;

/** Fails with `modelNotFound`, where a part is missing too, and `modelNotReadable`. */
export async function verifyModel(
  model: FoundModel,
  createHasher: () => Hasher,
  onProgress: (progress: VerifyProgress) => void,
  signal: AbortSignal,
): Promise<Verification> {
  const [missing] = model.missing;
  if (missing !== undefined) {
    throw new EngineError({ code: "modelNotFound", path: missing });
  }
  const sizes = await Promise.all(model.paths.map(readableFileSize));
  const totalBytes = sizes.reduce((total, size) => total + size, 0);
  const report = atIntervals(totalBytes, onProgress);
  const results: Verification[] = [];
  let before = 0;
  for (const [index, part] of model.paths.entries()) {
    const expected = await expectedSum(part, sourceOfPart(model.source, index));
    const from = before;
    const onRead = (bytes: number): void => {
      report(from + bytes);
    };
    const actual = await hashFile(part, createHasher, onRead, signal).catch((error: unknown) => {
      signal.throwIfAborted();
      throw fileError(part, error);
    });
    if (expected !== undefined && expected !== actual) {
      return { kind: "damaged", expected, actual };
    }
    const known = expected !== undefined || isInCatalogue(actual);
    results.push({ kind: known ? "intact" : "unknown", sha256: actual });
    before += sizes[index] ?? 0;
  }
  return results.find(({ kind }) => kind === "unknown") ?? results[0] ?? { kind: "unknown", sha256: "" };
}

/** The first and the last are always told. */
function atIntervals(totalBytes: number, send: (progress: VerifyProgress) => void): (bytes: number) => void {
  let sentMs = Number.NEGATIVE_INFINITY;
  return (bytes) => {
    const now = performance.now();
    if (now - sentMs >= INTERVAL_MS || bytes >= totalBytes) {
      sentMs = now;
      send({ bytes, totalBytes });
    }
  };
}

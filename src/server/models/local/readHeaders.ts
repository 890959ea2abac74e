/** What the headers of a model's parts say: what it is, or why it cannot be used. */
import { EngineError } from "../../../protocol/engineErrors";
import { isLanguageModel } from "../describe";
import type { HeaderReading } from "../hub/hubMessages";
import { inspectFile } from "../inspect";

/** One after the other: reading a vocabulary keeps the processor busy, and downloads go on meanwhile. */
export async function readHeaders(
  models: readonly (readonly string[])[],
  signal: AbortSignal,
): Promise<readonly HeaderReading[]> {
  const readings: HeaderReading[] = [];
  for (const paths of models) {
    signal.throwIfAborted();
    readings.push(await readHeader(paths));
  }
  return readings;
}

async function readHeader(paths: readonly string[]): Promise<HeaderReading> {
  try {
    const parts = await Promise.all(paths.map((part) => inspectFile(part)));
    const [first] = parts;
    if (first === undefined || !isLanguageModel(first.header)) {
      return { kind: "other" };
    }
    const { description, shape } = first;
    const weightBytes = parts.reduce((total, part) => total + part.description.bytes, 0);
    return { kind: "model", description, ...(shape === undefined ? {} : { shape: { ...shape, weightBytes } }) };
  } catch (error) {
    if (error instanceof EngineError) {
      return { kind: "problem", problem: error.data };
    }
    throw error;
  }
}

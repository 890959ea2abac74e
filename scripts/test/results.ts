/** What a test suite leaves behind for `npm test`: the format, and how it is read back. */
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { parseJson, property } from "../json";

export type TestState = "passed" | "failed" | "skipped";

export interface TestResult {
  readonly title: string;
  readonly state: TestState;
  readonly durationMs: number;
  /** The error of a failed test, the reason of a skipped one, the first error of one that passed when it ran again. */
  readonly detail?: string;
}

/** Where a suite writes its results; `npm test` sets it. */
export const resultsVariable = "LLAMA2_TEST_RESULTS";

export async function writeResults(file: string, results: readonly TestResult[]): Promise<void> {
  await fs.mkdir(path.dirname(file), { recursive: true });
  await fs.writeFile(file, JSON.stringify(results, undefined, 1));
}

/** undefined where there is no complete results file: the suite died. */
export async function readResults(file: string): Promise<readonly TestResult[] | undefined> {
  const text = await fs.readFile(file, "utf8").catch(() => ""); // no file reads like an empty one: no results
  const entries = parseJson(text);
  if (!Array.isArray(entries)) {
    return undefined;
  }
  const results = entries.map(parseResult);
  return results.every((result) => result !== undefined) ? results : undefined;
}

function parseResult(entry: unknown): TestResult | undefined {
  const title = property(entry, "title");
  const state = property(entry, "state");
  const durationMs = property(entry, "durationMs");
  const detail = property(entry, "detail");
  if (typeof title !== "string" || typeof durationMs !== "number" || !isState(state)) {
    return undefined;
  }
  return { title, state, durationMs, ...(typeof detail === "string" ? { detail } : {}) };
}

function isState(value: unknown): value is TestState {
  return value === "passed" || value === "failed" || value === "skipped";
}

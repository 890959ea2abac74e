/**
 * Entry of the tests that run inside VS Code: it loads this module in the extension host and calls run(). Nothing here knows
 * which VS Code it is, so the same tests run in the desktop application.
 */
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { runMocha } from "../../scripts/test/mochaRun";
import { resultsVariable, writeResults } from "../../scripts/test/results";

/** Our lines are told from everything else on the extension host's console by this. */
const linePrefix = "[test] ";

export async function run(): Promise<void> {
  try {
    await runAll();
  } catch (error) {
    print(error instanceof Error ? (error.stack ?? error.message) : String(error)); // VS Code itself gives only a number
    throw error;
  }
}

async function runAll(): Promise<void> {
  const names = await fs.readdir(__dirname, { recursive: true });
  const results = await runMocha({
    files: names
      .filter((name) => name.endsWith(".test.js"))
      .sort()
      .map((name) => path.join(__dirname, name)),
    timeoutMs: 60_000,
    retries: 1,
    grep: process.env["LLAMA2_TEST_GREP"],
    print,
  });
  const file = process.env[resultsVariable];
  if (file !== undefined) {
    await writeResults(file, results);
  }
  const failed = results.filter(({ state }) => state === "failed").length;
  if (failed > 0 || results.length === 0) {
    throw new Error(results.length === 0 ? "No test ran" : `${failed} tests failed`);
  }
}

function print(text: string): void {
  for (const line of text.split("\n")) {
    console.log(linePrefix + line);
  }
}

/** What every suite runner has in common: options, the skipped suite, the results file, and an exit code that tells. */
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { optionValue, runCli } from "../cli";
import { projectRoot, runNpm } from "../command";
import { FetchError } from "../fetch/fetchError";
import { runMocha, type MochaRunOptions } from "./mochaRun";
import { resultsVariable, writeResults, type TestResult } from "./results";

/** Set by a runner that has compiled for the runners it starts. */
export const compiledVariable = "LLAMA2_TEST_COMPILED";

export interface SuiteOptions {
  readonly grep: string | undefined;
  /** What stands on the command line. */
  readonly args: readonly string[];
}

/**
 * Runs a suite as this process. Exit code 0 only if a test ran and none failed. When something cannot be fetched the suite
 * counts as one skipped test, with the reason.
 */
export function runSuite(name: string, suite: (options: SuiteOptions) => Promise<readonly TestResult[]>): void {
  endInOrderOnSignals();
  runCli(async () => {
    const args = process.argv.slice(2);
    const results = await suite({ args, grep: optionValue(args, "grep") }).catch((error: unknown) => {
      if (error instanceof FetchError) {
        return [skippedSuite(name, error)];
      }
      throw error;
    });
    const file = process.env[resultsVariable];
    if (file !== undefined) {
      await writeResults(file, results);
    }
    failIfLeftRunning(name);
    return exitCode(name, results);
  });
}

/** An "exit" event, which a signal alone does not bring, ends the VS Code servers that are not in our process group. */
function endInOrderOnSignals(): void {
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const) {
    process.once(signal, () => process.exit(code));
  }
}

function skippedSuite(name: string, { message }: FetchError): TestResult {
  console.log(`  skip  all ${name} tests: ${message}`);
  return { title: `all ${name} tests`, state: "skipped", durationMs: 0, detail: message };
}

function exitCode(name: string, results: readonly TestResult[]): number {
  if (results.length === 0) {
    console.error(`No ${name} test ran`);
    return 1;
  }
  return results.some(({ state }) => state === "failed") ? 1 : 0;
}

/** A test that leaves a process, a server or a timer behind would keep us alive for ever. */
function failIfLeftRunning(name: string): void {
  const graceMs = 10_000;
  setTimeout(() => {
    const resources = process.getActiveResourcesInfo().filter((resource) => resource !== "PipeWrap"); // our own output
    console.error(`The ${name} tests left something running after their end: ${resources.join(", ")}`);
    process.exit(1);
  }, graceMs).unref();
}

/** Runs every `*.test.ts` below a folder of `test/` in this process. */
export async function runFolder(
  folder: string,
  options: Pick<MochaRunOptions, "timeoutMs" | "grep" | "retries">,
): Promise<readonly TestResult[]> {
  const root = path.join(projectRoot, "test", folder);
  const names = await fs.readdir(root, { recursive: true }).catch(() => []); // no folder: zero tests, which is a failure
  const files = names
    .filter((name) => name.endsWith(".test.ts"))
    .sort()
    .map((name) => path.join(root, name));
  return runMocha({
    files,
    ...options,
    print: (line) => {
      console.log(line);
    },
  });
}

/** Builds `dist/` unless the runner that started us has done it. */
export async function compile(): Promise<void> {
  if (process.env[compiledVariable] !== undefined) {
    return;
  }
  const result = await runNpm(["run", "--silent", "compile"], { cwd: projectRoot });
  if (result.code !== 0) {
    throw new Error(`npm run compile failed:\n${result.stdout}${result.stderr}`);
  }
}

/** A copy of the sample workspace that a suite may change; the caller deletes it. */
export async function copySampleWorkspace(folder: string): Promise<void> {
  await fs.cp(path.join(projectRoot, "samples/workspace"), folder, { recursive: true });
}

/**
 * Runs test files by Mocha in this process, the same way under Node and inside VS Code's extension host, prints a line for
 * each test, and gives the results as values. No `vscode` and nothing of the scripts' machinery in here: it is bundled
 * into the in-host tests.
 */
import { inspect } from "node:util";
import Mocha from "mocha";
import { skipReasonKey } from "../../test/support/skip";
import { property } from "../json";
import type { TestResult } from "./results";

export interface MochaRunOptions {
  readonly files: readonly string[];
  readonly timeoutMs: number;
  /** Only tests whose full title matches this regular expression. */
  readonly grep?: string | undefined;
  /** How often a test that failed runs again. For real workbenches on busy machines only; the report tells each. Default: 0. */
  readonly retries?: number;
  readonly print: (line: string) => void;
}

/** Loads and runs the files. Zero tests give zero results: the caller decides that this is a failure. */
export async function runMocha(options: MochaRunOptions): Promise<readonly TestResult[]> {
  const mocha = new Mocha({
    ui: "tdd",
    reporter: SilentReporter,
    forbidOnly: true,
    failZero: true,
    timeout: options.timeoutMs,
    retries: options.retries ?? 0,
    ...(options.grep === undefined || options.grep === "" ? {} : { grep: options.grep }),
  });
  for (const file of options.files) {
    mocha.addFile(file);
  }
  await mocha.loadFilesAsync();
  const results: TestResult[] = [];
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => {
      resolve();
    });
    const failedFirst = new Map<string, string>();
    const report = (result: TestResult): void => {
      results.push(result);
      printResult(result, options.print);
    };
    runner.on("pass", (test) => {
      const detail = failedFirst.get(test.fullTitle());
      report({ ...titleAndTime(test), state: "passed", ...(detail === undefined ? {} : { detail }) });
    });
    runner.on("retry", (test: Mocha.Test, error: unknown) => {
      failedFirst.set(test.fullTitle(), describeError(error));
      options.print(`  again ${test.fullTitle()}`);
    });
    runner.on("pending", (test) => {
      report({ ...titleAndTime(test), state: "skipped", detail: skipReason(test) });
    });
    runner.on("fail", (test, error: unknown) => {
      report({ ...titleAndTime(test), state: "failed", detail: describeError(error) });
    });
  });
  return results;
}

/** Mocha must have a reporter; ours are the listeners above. */
class SilentReporter extends Mocha.reporters.Base {
  override epilogue(): void {
    // prints nothing
  }
}

function titleAndTime(test: Mocha.Runnable): Pick<TestResult, "title" | "durationMs"> {
  return { title: test.fullTitle(), durationMs: test.duration ?? 0 };
}

function printResult({ title, state, durationMs, detail }: TestResult, print: (line: string) => void): void {
  switch (state) {
    case "passed":
      print(`  ok    ${title} (${durationMs} ms)`);
      if (detail !== undefined) {
        print(`before that, it failed:\n${detail}`.replace(/^/gm, "        "));
      }
      break;
    case "skipped":
      print(`  skip  ${title}: ${detail ?? ""}`);
      break;
    case "failed":
      print(`  FAIL  ${title}`);
      print((detail ?? "").replace(/^/gm, "        "));
      break;
  }
}

function skipReason(test: Mocha.Runnable): string {
  for (let item: Mocha.Runnable | Mocha.Suite | undefined = test; item !== undefined; item = item.parent) {
    const reason: unknown = Reflect.get(item, skipReasonKey);
    if (typeof reason === "string") {
      return reason;
    }
  }
  return "no reason given";
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  const cause = error.cause === undefined ? "" : `\ncaused by ${describeError(error.cause)}`;
  const expected = property(error, "expected");
  const actual = property(error, "actual");
  const difference = expected === undefined ? "" : `\nactual:   ${show(actual)}\nexpected: ${show(expected)}`;
  return `${error.stack ?? error.message}${difference}${cause}`;
}

function show(value: unknown): string {
  return inspect(value, { depth: 5, breakLength: 120 });
}

/**
 * `npm test`: everything that needs no GPU, suite after suite, each in a process of its own, then one report: a table, every
 * skipped test with its reason, and as the last line `N passed, N failed, N skipped`. `--grep REGEXP` chooses tests.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { optionValue, runCli } from "../cli";
import { projectRoot } from "../command";
import { readResults, resultsVariable, type TestResult, type TestState } from "./results";
import { compile, compiledVariable } from "./suite";

interface Suite {
  readonly name: string;
  readonly what: string;
  readonly command: readonly string[];
}

interface SuiteReport {
  readonly name: string;
  readonly results: readonly TestResult[];
  readonly seconds: number;
}

const suites: readonly Suite[] = [
  { name: "unit", what: "Unit tests", command: ["node.ts", "unit"] },
  { name: "process", what: "Tests of the inference process", command: ["node.ts", "process"] },
  { name: "vscode", what: "Tests inside VS Code's extension host", command: ["vscode.ts"] },
  { name: "ui", what: "Tests that drive the workbench", command: ["ui.ts"] },
  { name: "vsix", what: "Tests of the packaged extension", command: ["vsix.ts"] },
];

runCli(async () => {
  const grep = optionValue(process.argv.slice(2), "grep");
  const reports: SuiteReport[] = [];
  const broken = await compileFirst();
  if (broken === undefined) {
    for (const suite of suites) {
      console.log(`\n${suite.what}…`);
      reports.push(await runSuiteProcess(suite, grep));
    }
  } else {
    reports.push({ name: "compile", results: [broken], seconds: 0 });
  }
  printReport(reports);
  const all = reports.flatMap(({ results }) => results);
  return count(all, "failed") > 0 || all.length === 0 ? 1 : 0;
});

async function compileFirst(): Promise<TestResult | undefined> {
  console.log("Compiling…");
  try {
    await compile();
    return undefined;
  } catch (error) {
    return failure("npm run compile", error instanceof Error ? error.message : String(error));
  }
}

async function runSuiteProcess({ name, command }: Suite, grep: string | undefined): Promise<SuiteReport> {
  const startedMs = Date.now();
  const resultsFile = path.join(projectRoot, "out/test-results", `${name}.json`);
  await fs.rm(resultsFile, { force: true });
  const [script = "", ...rest] = command;
  const args = ["--import", "tsx", path.join(import.meta.dirname, script), ...rest];
  const child = spawn(process.execPath, [...args, ...(grep === undefined ? [] : ["--grep", grep])], {
    cwd: projectRoot,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, [resultsVariable]: resultsFile, [compiledVariable]: "1" },
  });
  await once(child, "exit");
  const results = (await readResults(resultsFile)) ?? [];
  const complaint = findComplaint(child.exitCode, results, grep);
  return {
    name,
    results: complaint === undefined ? results : [...results, failure(`the ${name} suite`, complaint)],
    seconds: (Date.now() - startedMs) / 1000,
  };
}

/** What is wrong with a suite although none of its tests says so. */
function findComplaint(
  exitCode: number | null,
  results: readonly TestResult[],
  grep: string | undefined,
): string | undefined {
  if (results.length === 0) {
    return grep === undefined ? "ended without results, or without a single test" : undefined;
  }
  const explained = exitCode === 0 || count(results, "failed") > 0;
  return explained ? undefined : `ended with exit code ${exitCode ?? "none (killed)"} although no test failed`;
}

function failure(title: string, detail: string): TestResult {
  return { title, state: "failed", durationMs: 0, detail };
}

function count(results: readonly TestResult[], state: TestState): number {
  return results.filter((result) => result.state === state).length;
}

function printReport(reports: readonly SuiteReport[]): void {
  const all = reports.flatMap(({ results }) => results);
  console.log(`\n${row(["suite", "passed", "failed", "skipped", "seconds"])}`);
  for (const { name, results, seconds } of reports) {
    const counts = [count(results, "passed"), count(results, "failed"), count(results, "skipped")];
    console.log(row([name, ...counts.map(String), seconds.toFixed(1)]));
  }
  printDetails(reports, "passed", "Passed only when run again:");
  printDetails(reports, "skipped", "Skipped:");
  printDetails(reports, "failed", "Failed:");
  console.log(`\n${count(all, "passed")} passed, ${count(all, "failed")} failed, ${count(all, "skipped")} skipped`);
}

function printDetails(reports: readonly SuiteReport[], state: TestState, heading: string): void {
  const lines = reports.flatMap(({ name, results }) =>
    results
      .filter((result) => result.state === state && (state !== "passed" || result.detail !== undefined))
      .map(({ title, detail = "" }) => `  ${name}: ${title}: ${state === "skipped" ? detail : firstLine(detail)}`),
  );
  if (lines.length > 0) {
    console.log(["", heading, ...lines].join("\n"));
  }
}

/** The whole of it stands further up, where the test ran. */
function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

function row([name = "", ...numbers]: readonly string[]): string {
  return name.padEnd(10) + numbers.map((cell) => cell.padStart(9)).join("");
}

/**
 * `npm run test:vscode`: bundles the tests of test/vscode and runs them inside the extension host of a real VS Code, with
 * our extension in development mode and a copy of the sample workspace open. `--grep REGEXP` chooses tests.
 */
import { randomUUID } from "node:crypto";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { projectRoot } from "../command";
import { fetchBrowser, type Browser } from "../fetch/browser";
import { tinyCodeModelPath } from "../fetch/sampleModels";
import { fetchVscodeHost, type VscodeHost } from "../fetch/vscodeHost";
import { VscodeServer } from "../host/vscodeServer";
import { runInHost } from "../host/workbench";
import { bundleInHostTests } from "./bundle";
import { readResults, resultsVariable, type TestResult } from "./results";
import { compile, copySampleWorkspace, runSuite } from "./suite";

/** Longer than any run; a host that hangs is reported with a picture. */
const timeoutMs = 10 * 60_000;

runSuite("vscode", async ({ grep }) => {
  const host = await fetchVscodeHost();
  const browser = await fetchBrowser();
  await compile();
  const tests = await bundleInHostTests();
  const scratch = await fs.mkdtemp(path.join(os.tmpdir(), "llama2-in-host-"));
  try {
    return await runTests({ host, browser, tests, scratch, grep });
  } finally {
    await fs.rm(scratch, { recursive: true, force: true });
  }
});

interface InHostTests {
  readonly host: VscodeHost;
  readonly browser: Browser;
  /** The bundled entry. */
  readonly tests: string;
  /** A folder for the workspace and the results. */
  readonly scratch: string;
  readonly grep: string | undefined;
}

async function runTests({ host, browser, tests, scratch, grep }: InHostTests): Promise<readonly TestResult[]> {
  const folder = path.join(scratch, "workspace");
  const resultsFile = path.join(scratch, `${randomUUID()}.json`);
  await copySampleWorkspace(folder);
  const server = await VscodeServer.start({
    host,
    smokeTestDriver: true,
    machineSettings: { "llama2.chat.modelPath": tinyCodeModelPath, "llama2.completion.modelPath": tinyCodeModelPath },
    env: { [resultsVariable]: resultsFile, LLAMA2_TEST_GREP: grep ?? "" },
  });
  try {
    const code = await runInHost({
      server,
      browser,
      folder,
      extensionDevelopmentPath: projectRoot,
      extensionTestsPath: tests,
      linePrefix: "[test] ",
      timeoutMs,
      screenshotPath: path.join(projectRoot, "out/vscode-timeout.png"),
    });
    return await believable(code, resultsFile);
  } finally {
    await server.stop();
  }
}

/** VS Code's exit code is 0 also when the extension host was killed, and 1 when the tests could not even be loaded. */
async function believable(code: number, resultsFile: string): Promise<readonly TestResult[]> {
  const results = await readResults(resultsFile);
  if (results === undefined) {
    throw new Error(
      `The extension host ended without results (exit code ${code}); LLAMA2_TEST_VERBOSE=1 shows its console`,
    );
  }
  const explained = code === 0 || results.length === 0 || results.some(({ state }) => state === "failed");
  const detail = `All tests that ran passed, but VS Code ended with exit code ${code}`;
  return explained
    ? results
    : [...results, { title: "VS Code's extension host", state: "failed", durationMs: 0, detail }];
}

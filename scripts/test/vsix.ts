/**
 * `npm run test:vsix`: packages the extension, and tests what a user gets: the .vsix installed into a real VS Code that runs
 * without any flag for development or tests. `--vsix FILE` takes a package that exists. `--grep REGEXP` chooses tests.
 */
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { installedVsixVariable } from "../../test/support/workbench";
import { optionValue } from "../cli";
import { projectRoot, runNpm } from "../command";
import { fetchBrowser } from "../fetch/browser";
import { fetchVscodeHost } from "../fetch/vscodeHost";
import { runFolder, runSuite } from "./suite";

const testTimeoutMs = 5 * 60_000;

runSuite("vsix", async ({ args, grep }) => {
  await fetchVscodeHost();
  await fetchBrowser();
  process.env[installedVsixVariable] = path.resolve(optionValue(args, "vsix") ?? (await packageExtension()));
  return runFolder("vsix", { timeoutMs: testTimeoutMs, grep, retries: 1 });
});

/** Whatever the package is called: the .vsix that is there afterwards and is new. */
async function packageExtension(): Promise<string> {
  console.log("Packaging the extension…");
  const startedMs = Date.now() - 2000; // file systems keep times in seconds
  const result = await runNpm(["run", "--silent", "vsix"], { cwd: projectRoot });
  if (result.code !== 0) {
    throw new Error(`npm run vsix failed:\n${result.stdout}${result.stderr}`);
  }
  for (const name of await fs.readdir(projectRoot)) {
    const file = path.join(projectRoot, name);
    if (name.endsWith(".vsix") && (await fs.stat(file)).mtimeMs >= startedMs) {
      return file;
    }
  }
  throw new Error("npm run vsix made no .vsix file in the project's root");
}

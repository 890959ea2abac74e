/**
 * `npm run test:desktop`: the in-host tests in a desktop VS Code, which @vscode/test-electron downloads from Microsoft's
 * servers; `--code PATH` takes an installed one. For machines with a window system and that network.
 */
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { runTests } from "@vscode/test-electron";
import { optionValue } from "../cli";
import { projectRoot } from "../command";
import { tinyCodeModelPath } from "../fetch/sampleModels";
import { testSettings, writeIfMissing } from "../host/vscodeServer";
import { bundleInHostTests } from "./bundle";
import { readResults, resultsVariable } from "./results";
import { compile, copySampleWorkspace, runSuite } from "./suite";

runSuite("desktop", async ({ args, grep }) => {
  await compile();
  const extensionTestsPath = await bundleInHostTests();
  const scratch = await fs.mkdtemp(path.join(os.tmpdir(), "llama2-desktop-"));
  try {
    const resultsFile = path.join(scratch, "results.json");
    const workspace = path.join(scratch, "workspace");
    const profile = path.join(scratch, "profile");
    await copySampleWorkspace(workspace);
    await writeIfMissing(path.join(profile, "User/settings.json"), {
      ...testSettings,
      "llama2.chat.modelPath": tinyCodeModelPath,
      "llama2.completion.modelPath": tinyCodeModelPath,
    });
    const code = optionValue(args, "code");
    await runTests({
      ...(code === undefined ? {} : { vscodeExecutablePath: code }),
      extensionDevelopmentPath: projectRoot,
      extensionTestsPath,
      extensionTestsEnv: { [resultsVariable]: resultsFile, LLAMA2_TEST_GREP: grep ?? "" },
      launchArgs: [workspace, "--disable-extensions", `--user-data-dir=${profile}`],
    }).catch((error: unknown) => {
      console.error(error); // it rejects when a test fails: the results say which, and no results is an error below
    });
    const results = await readResults(resultsFile);
    if (results === undefined) {
      throw new Error("VS Code ended without results");
    }
    return results;
  } finally {
    await fs.rm(scratch, { recursive: true, force: true });
  }
});

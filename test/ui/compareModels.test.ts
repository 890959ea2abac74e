/** "Compare Models on My Code" with real files, on the commits of a small repository. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { tinyCodeModelPath } from "../support/models";
import { skipBecause } from "../support/skip";
import { until, useWorkbench } from "../support/workbench";

const run = promisify(execFile);

const ADDED = `

def multiply(first, second):
    result = first * second
    return result


def divide(first, second):
    if second == 0:
        raise ValueError("second must not be zero")
    return first / second
`;

suite("models compared on the user's code", () => {
  let models: string;

  suiteSetup(async function () {
    await run("git", ["--version"]).catch(() => skipBecause(this, "there is no git"));
  });

  const workbench = useWorkbench(async () => {
    models = await fs.mkdtemp(path.join(os.tmpdir(), "llama2-models-"));
    const inUse = path.join(models, "tiny-code.Q8_0.gguf");
    await fs.copyFile(tinyCodeModelPath, inUse);
    await fs.copyFile(tinyCodeModelPath, path.join(models, "tiny-copy.Q8_0.gguf"));
    await fs.writeFile(path.join(models, "damaged.gguf"), "GGUF, and no more");
    return {
      machineSettings: {
        "llama2.completion.modelPath": inUse,
        "llama2.engine.gpu": "cpu",
        "llama2.engine.threads": 1,
      },
      settings: { "git.autofetch": false },
      prepare: twoCommits,
      open: "numbers.py",
    };
  });

  suiteTeardown(() => fs.rm(models, { recursive: true, force: true }));

  test("the models in use and those beside them are offered, and a table and a chart show what they are worth", async () => {
    await workbench()
      .statusBarItem(/tiny-code/)
      .waitFor();
    await until("the models to compare", async () => {
      // Git takes its time to find the repository
      await workbench().runCommand("Llama 2: Compare Models on My Code");
      await workbench().quickPickRow("tiny-code").waitFor({ timeout: 5_000 });
    });
    await workbench().quickPickRow("tiny-copy").click();
    assert.equal(await workbench().quickPickRow("damaged").count(), 0, "what cannot be loaded is not offered");
    await workbench().screenshot("compare pick");
    await workbench().page.keyboard.press("Enter");
    const page = await workbench().webview();
    await page.getByRole("heading", { name: "Models Compared on Your Code" }).waitFor();
    const rows = page.locator("tbody tr");
    assert.equal(await rows.count(), 2);
    const cells = (await rows.first().locator("td, th").allTextContents()).join(" ");
    assert.match(cells, /tiny-(code|copy)\S* \d+ % \d+ % .* GB CPU/);
    assert.equal(await page.locator("svg[role=img] rect.exact").count(), 2);
    await workbench().screenshot("compare report");
    await workbench()
      .statusBarItem(/tiny-code/)
      .waitFor(); // the model in use is still there
  });
});

async function twoCommits(workspace: string): Promise<void> {
  const git = (...args: readonly string[]): Promise<unknown> =>
    run("git", ["-c", "user.name=Ann", "-c", "user.email=ann@example.org", ...args], { cwd: workspace });
  const file = path.join(workspace, "numbers.py");
  await fs.writeFile(file, "def add(first, second):\n    return first + second\n");
  await git("init", "-q");
  await git("add", ".");
  await git("commit", "-q", "-m", "Begin");
  await fs.appendFile(file, ADDED);
  await git("commit", "-q", "-a", "-m", "More");
}

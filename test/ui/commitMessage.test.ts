/** A commit message as a user has it written: the button of the Source Control view, on real repositories. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { promisify } from "node:util";
import type { Locator } from "playwright-core";
import { fakeSettings } from "../support/fakeProcess";
import { fakeServerEnvironment } from "../support/fakeServerModule";
import { skipBecause } from "../support/skip";
import { until, useWorkbench } from "../support/workbench";

const run = promisify(execFile);

/** Where there is no git, the tests say so. */
async function initRepository(folder: string, file: string): Promise<void> {
  await run("git", ["init", "-q"], { cwd: folder }).catch(() => undefined);
  await run("git", ["add", file], { cwd: folder }).catch(() => undefined);
}

suite("commit message", () => {
  const workbench = useWorkbench(async () => ({
    env: await fakeServerEnvironment({
      rules: [
        { when: "endless.py", answer: "Count for ever and ", hang: true },
        { when: "second.py", answer: "Add what stands in the second folder" },
        { when: "Git commit message", answer: "Sure!\n\n```\nAdd the k nearest neighbours.\n\nPlain Python.\n```" },
      ],
    }),
    machineSettings: {
      "llama2.chat.modelPath": fakeSettings.chat.modelPath,
      "llama2.completion.modelPath": fakeSettings.completion.modelPath,
    },
    settings: { "git.autofetch": false },
    prepare: (workspace) => initRepository(workspace, "knn.py"),
    open: "knn.py",
  }));

  function sideBar(): Locator {
    return workbench().page.locator(".part.sidebar");
  }

  function button(name: RegExp): Locator {
    return sideBar().getByRole("button", { name });
  }

  function box(index = 0): Locator {
    return sideBar().locator(".scm-editor .view-lines").nth(index);
  }

  async function waitForMessage(expected: RegExp, index = 0): Promise<void> {
    await until(`the message ${String(expected)}`, async () => {
      const lines = await box(index).locator(".view-line").allTextContents();
      assert.match(lines.join("\n").replaceAll("\u00a0", " ").trim(), expected);
    });
  }

  suiteSetup(async function () {
    await run("git", ["--version"]).catch(() => skipBecause(this, "there is no git"));
  });

  /** Writes into the box and stages a file; when that is shown, what was written has arrived, too. */
  async function begin(message: string, file: string, text: string): Promise<void> {
    await workbench().statusBarItem(/fake/).waitFor();
    await workbench().runCommand("Source Control: Focus on Changes View");
    await box().click();
    await sideBar().locator(".scm-editor .monaco-editor.focused").waitFor();
    await workbench().page.keyboard.press("Control+A");
    await workbench().page.keyboard.type(message);
    await waitForMessage(new RegExp(`^${message}$`));
    await fs.writeFile(path.join(workbench().workspace, file), text);
    await run("git", ["add", file], { cwd: workbench().workspace });
    await sideBar().locator(".monaco-list-row", { hasText: file }).first().waitFor();
  }

  test("it is written by the button of the Source Control view, begins as was typed, and is undone", async () => {
    await begin("feat:", "one.py", "print(1)\n");
    await button(/^Generate Commit Message with Llama 2/).click();
    await waitForMessage(/^feat: Add the k nearest\s+neighbours\s+Plain Python\.$/);
    await workbench().screenshot("commit message");
    await box().click();
    await workbench().page.keyboard.press("Control+Z");
    await waitForMessage(/^feat:$/);
  });

  test("it grows in the box while it is written, and stopped the box is as before", async () => {
    await begin("fix:", "endless.py", "while True:\n    pass\n");
    await button(/^Generate Commit Message with Llama 2/).click();
    await waitForMessage(/^fix: Count for ever and$/);
    await workbench().screenshot("commit message being written");
    await button(/^Stop Writing the Commit Message/).click();
    await waitForMessage(/^fix:$/);
    await button(/^Generate Commit Message with Llama 2/).waitFor();
    await run("git", ["rm", "-q", "--cached", "endless.py"], { cwd: workbench().workspace });
  });

  test("of two repositories, the one is described whose button is pressed", async () => {
    const second = path.join(workbench().workspace, "second");
    await fs.mkdir(second, { recursive: true });
    await fs.writeFile(path.join(second, "second.py"), "print(2)\n");
    await initRepository(second, "second.py");
    await workbench().reload(); // Git looks for the repositories of a folder when it is opened
    await workbench().statusBarItem(/fake/).waitFor();
    await workbench().runCommand("Source Control: Focus on Changes View");
    const row = sideBar()
      .locator('.pane:has(.pane-header[aria-label^="Changes"]) .scm-provider')
      .filter({ hasText: "second" });
    await row.waitFor();
    await row.hover();
    await workbench().screenshot("commit message two repositories");
    await row.getByRole("button", { name: /^Generate Commit Message with Llama 2/ }).click();
    await waitForMessage(/^Add what stands in\s+the second\s+folder$/, 1);
  });
});

/** Commands of the message box, a prompt file being written, and a commit message, as a user sees them. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { fakeSettings } from "../support/fakeProcess";
import { fakeServerEnvironment } from "../support/fakeServerModule";
import { until, useWorkbench } from "../support/workbench";

const run = promisify(execFile);

const REVIEW = `---
name: review
description: Reviews what is selected
needsSelection: true
---

# Task

Review this **{{language}}** code, please: {{ input }}

Look at {{selektion}} and \\{{literally}}.
`;

/** Where there is no git, the test of commit messages says so. */
async function gitInit(workspace: string): Promise<void> {
  await run("git", ["init", "-q"], { cwd: workspace }).catch(() => undefined);
  await run("git", ["add", "knn.py"], { cwd: workspace }).catch(() => undefined);
}

suite("commands", () => {
  const workbench = useWorkbench(async () => ({
    env: await fakeServerEnvironment({
      rules: [
        { when: "Git commit message", answer: "Sure!\n\n```\nAdd the k nearest neighbours.\n\nPlain Python.\n```" },
        { when: "Review this", answer: "It looks **fine**." },
        { when: "Find the mistakes", answer: "There is **one** mistake." },
      ],
    }),
    machineSettings: {
      "llama2.chat.modelPath": fakeSettings.chat.modelPath,
      "llama2.completion.modelPath": fakeSettings.completion.modelPath,
    },
    settings: { "git.autofetch": false },
    files: { ".llama2/prompts/review.md": REVIEW },
    prepare: gitInit,
    open: "knn.py",
  }));

  async function selectLines(first: number, last: number): Promise<void> {
    await workbench().openFile("knn.py");
    await workbench().moveCursorTo(first, 1);
    for (let line = first; line <= last; line++) {
      await workbench().page.keyboard.press("Shift+ArrowDown");
    }
  }

  test("a command is found behind /, chosen by keyboard, and asked with the selection as a chip", async () => {
    await selectLines(7, 9);
    await workbench().runCommand("Llama 2: Focus on Chat");
    const page = await workbench().webview();
    const box = page.getByRole("textbox");
    await box.pressSequentially("/");
    await page.getByRole("option", { name: /review/ }).waitFor();
    await workbench().screenshot("command list");
    await box.pressSequentially("fi");
    await page.getByRole("option", { name: /\/fix/ }).waitFor();
    await box.press("Tab");
    await until("the command in the box", async () => {
      assert.equal(await box.inputValue(), "/fix ");
    });
    await box.pressSequentially("the distance");
    await box.press("Enter");
    await page.locator("strong", { hasText: "one" }).waitFor();
    await page.getByText("/fix the distance").waitFor();
    await page.getByText("knn.py:7-9").first().waitFor();
    await workbench().screenshot("command answer");
  });

  test("what cannot be asked stays in the box", async () => {
    const page = await workbench().webview();
    const box = page.getByRole("textbox");
    await box.fill("/fixx it");
    await box.press("Enter");
    await until("the text back in the box", async () => {
      assert.equal(await box.inputValue(), "/fixx it");
      assert.equal(await page.getByText("/fixx it").count(), 0, "nothing was asked");
    });
    await box.fill("");
  });

  test("a prompt file is highlighted, and an unknown variable underlined", async () => {
    await workbench().runCommand("View: Close All Editors");
    await workbench().openFile(".llama2/prompts/review.md");
    await workbench()
      .page.locator(".statusbar-item", { hasText: /llama 2 prompt file/i })
      .waitFor();
    await workbench().editor().locator(".squiggly-warning").waitFor();
    await workbench().screenshot("prompt file");
  });
});

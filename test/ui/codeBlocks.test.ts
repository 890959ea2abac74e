/** What a user does with the code of an answer: its buttons, wide and narrow, and the diff editor that Apply opens. */
import assert from "node:assert/strict";
import { frameOf, violations } from "../support/accessibility";
import { fakeSettings } from "../support/fakeProcess";
import { fakeServerEnvironment } from "../support/fakeServerModule";
import { until, useWorkbench } from "../support/workbench";

const OLD = [
  "class Counter:",
  "    def add(self, n):",
  "        self.total += n",
  "",
  "    def reset(self):",
  "        self.total = 0",
  "",
].join("\n");

const ANSWER = [
  "Line 2 adds; lines 5-6 set it back; line 99 is not there.",
  "",
  "```python",
  "class Counter:",
  "    # ... existing code ...",
  "",
  "    def reset(self):",
  '        """Back to zero."""',
  "        self.total = 0",
  "```",
].join("\n");

suite("code blocks of an answer", () => {
  const workbench = useWorkbench(async () => ({
    env: await fakeServerEnvironment({ rules: [{ when: "Explain", answer: ANSWER }] }),
    machineSettings: { "llama2.chat.modelPath": fakeSettings.chat.modelPath },
    settings: { "breadcrumbs.enabled": false }, // else the picture of the proposal shows where this machine keeps it
    files: { "counter.py": OLD },
    open: "counter.py",
  }));

  test("an explanation is had at another level, by keyboard, in the place of the one before", async () => {
    const { page } = workbench();
    await workbench().openFile("counter.py");
    await workbench().moveCursorTo(1, 1);
    await page.keyboard.press("Control+a");
    await workbench().runCommand("Llama 2: Explain Selection");
    const chat = await workbench().webview();
    await chat.getByText("Explain this code.").waitFor();
    const levels = chat.getByRole("group", { name: "Explain again" });
    await levels.getByRole("button", { name: "Detailed", pressed: true }).waitFor();
    await levels.getByRole("button", { name: "Brief" }).press("Enter");
    await chat.getByText("Explain this code briefly.").waitFor();
    await levels.getByRole("button", { name: "Brief", pressed: true }).waitFor();
    assert.equal(await chat.getByText("Explain this code.").count(), 0);
    await workbench().screenshot("explanation levels");
    assert.deepEqual(await violations(await frameOf(levels)), []);
  });

  test("an explanation's code is applied in the diff editor, and accepted", async () => {
    const { page } = workbench();
    const chat = await workbench().webview();
    const apply = chat.getByRole("button", { name: "Apply…" });
    await apply.waitFor();
    await workbench().screenshot("code block buttons");
    await apply.click();
    await page.locator(".monaco-diff-editor").waitFor();
    await page.getByRole("button", { name: "Accept All Changes" }).first().waitFor();
    await workbench().screenshot("proposed change");
    await page.getByRole("button", { name: "Accept All Changes" }).first().click();
    await page.locator(".monaco-diff-editor").waitFor({ state: "detached" });
    await until("the accepted text", async () => {
      assert.match(await workbench().editorText(), /Back to zero/);
    });
  });

  test("where the page is narrow the lesser actions stand in a menu, by keyboard too", async () => {
    const { page } = workbench();
    const chat = await workbench().webview();
    const more = chat.getByRole("button", { name: "More Actions" });
    await until("a narrow page", async () => {
      const side = await page.locator(".part.sidebar").boundingBox();
      assert.ok(side);
      await page.mouse.move(side.x + side.width, 400);
      await page.mouse.down();
      await page.mouse.move(side.x + 220, 400, { steps: 5 });
      await page.mouse.up();
      await more.waitFor({ timeout: 5_000 });
    });
    await more.press("Enter");
    await chat.getByRole("menuitem", { name: "Insert at Cursor" }).waitFor();
    await workbench().screenshot("code block menu narrow");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Escape");
    await chat.getByRole("menu").waitFor({ state: "detached" });
  });
});

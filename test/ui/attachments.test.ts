/** What goes with a question: chosen in the list behind "@", shown as chips, sent to the model. */
import assert from "node:assert/strict";
import { fakeSettings } from "../support/fakeProcess";
import { fakeServerEnvironment } from "../support/fakeServerModule";
import { until, useWorkbench } from "../support/workbench";

suite("attachments", () => {
  const workbench = useWorkbench(async () => ({
    env: await fakeServerEnvironment({ rules: [{ when: "", answer: "An answer." }] }),
    machineSettings: {
      "llama2.chat.modelPath": fakeSettings.chat.modelPath,
      "llama2.completion.modelPath": fakeSettings.completion.modelPath,
    },
    open: "knn.py",
  }));

  test("a file is found behind @, chosen by keyboard, and its text reaches the model", async () => {
    await workbench().runCommand("Llama 2: Focus on Chat");
    const page = await workbench().webview();
    const box = page.getByRole("textbox");
    await box.fill("What is in ");
    await box.pressSequentially("@inv");
    const option = page.getByRole("option", { name: /inventory\.js/ });
    await option.waitFor();
    await workbench().screenshot("mention list");
    await box.press("Enter");
    await page.getByRole("button", { name: /Show the attached code: inventory\.js/ }).waitFor();
    assert.equal(await box.inputValue(), "What is in ");
    await workbench().screenshot("mention chip");
    await box.pressSequentially("it?");
    await box.press("Enter");
    await page.locator("article", { hasText: "An answer." }).waitFor();
    await workbench().runCommand("Llama 2: Show Last Prompt");
    await until("the file in the prompt", async () => {
      assert.match(await workbench().editorText(), /inventory\.js/);
    });
  });
});

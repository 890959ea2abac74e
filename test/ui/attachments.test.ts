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

  test("a file is found behind @, chosen by keyboard, shows its cost, and its text reaches the model", async () => {
    await workbench().runCommand("Llama 2: Focus on Chat");
    const page = await workbench().webview();
    const box = page.getByRole("textbox", { name: "Message" });
    await box.fill("");
    await box.pressSequentially("@");
    await page.getByRole("option", { name: /Current File/ }).waitFor();
    await page.getByRole("option", { name: /inventory\.js/ }).waitFor();
    await workbench().screenshot("mention list");
    await box.press("Escape");
    await page.getByRole("listbox").waitFor({ state: "detached" });
    await box.fill("What is in ");
    await box.press("End");
    await box.pressSequentially("@inv");
    await page.getByRole("option", { name: /inventory\.js/ }).waitFor();
    await box.press("Enter");
    await page.getByRole("button", { name: /Show the attached code: inventory\.js, \d+ tokens/ }).waitFor();
    assert.equal(await box.inputValue(), "What is in ");
    await workbench().screenshot("mention chip");
    await box.pressSequentially("it?");
    await box.press("Enter");
    await page.locator("article", { hasText: "An answer." }).waitFor();
    await workbench().runCommand("Llama 2: Show Last Prompt");
    await until("the file in the prompt", async () => {
      assert.match(await workbench().editorText(), /inventory\.js:/);
    });
  });

  test("a chip is reached by Backspace in the empty box, and Delete takes it off", async () => {
    await workbench().runCommand("Llama 2: Focus on Chat");
    const page = await workbench().webview();
    const box = page.getByRole("textbox", { name: "Message" });
    const chip = page.locator("llama2-pending-chips .chip-open");
    for (const name of ["knn.py", "stack.ts"]) {
      await page.getByRole("button", { name: "Add Context" }).click();
      await box.pressSequentially(name.slice(0, 3));
      await page
        .getByRole("option", { name: new RegExp(name.replace(".", "\\.")) })
        .first()
        .click();
      await chip.filter({ hasText: name }).waitFor();
    }
    assert.equal(await box.inputValue(), "");
    await box.press("Backspace");
    await workbench().screenshot("chip with focus");
    await chip.filter({ hasText: "stack.ts" }).press("Delete");
    await chip.filter({ hasText: "stack.ts" }).waitFor({ state: "detached" });
    await chip.filter({ hasText: "knn.py" }).press("Delete");
    await chip.first().waitFor({ state: "detached" });
    await until("the focus in the box", async () => {
      assert.equal(await box.evaluate((element) => element === element.ownerDocument.activeElement), true);
    });
  });
});

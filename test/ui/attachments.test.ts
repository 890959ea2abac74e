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

  test("a file dragged from the Explorer is dropped on the page, once where it is attached already", async () => {
    await workbench().runCommand("View: Show Explorer");
    const row = workbench().page.locator(".explorer-folders-view .monaco-list-row", { hasText: "stack.ts" });
    await row.waitFor();
    // What VS Code puts into the drag. The drop itself is made in the page: between frames the mouse cannot be driven.
    const dragged = await row.evaluate((element) => {
      const dataTransfer = new DataTransfer();
      element.dispatchEvent(new DragEvent("dragstart", { dataTransfer, bubbles: true }));
      element.dispatchEvent(new DragEvent("dragend", { dataTransfer, bubbles: true }));
      return dataTransfer.types.map((type) => [type, dataTransfer.getData(type)] as const);
    });
    await workbench().runCommand("Llama 2: Focus on Chat");
    const page = await workbench().webview();
    const chip = page.locator("llama2-pending-chips .chip-open");
    for (let times = 0; times < 2; times++) {
      await page.locator("body").evaluate((body, entries) => {
        const dataTransfer = new DataTransfer();
        entries.forEach(([type, text]) => {
          dataTransfer.setData(type, text);
        });
        body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
      }, dragged);
      await chip.filter({ hasText: "stack.ts" }).waitFor();
    }
    // what is attached afterwards is there only when both drops are done
    await page.getByRole("button", { name: "Add Context" }).click();
    await page.getByRole("option", { name: /inventory\.js/ }).click();
    await chip.filter({ hasText: "inventory.js" }).waitFor();
    assert.equal(await chip.count(), 2);
    for (const name of ["inventory.js", "stack.ts"]) {
      await chip.filter({ hasText: name }).press("Delete");
      await chip.filter({ hasText: name }).waitFor({ state: "detached" });
    }
  });

  test("code copied in an editor and pasted into the box becomes a chip with its lines", async () => {
    await workbench().openFile("knn.py");
    await workbench().moveCursorTo(7, 1);
    for (let line = 0; line < 3; line++) {
      await workbench().page.keyboard.press("Shift+ArrowDown");
    }
    await workbench().page.keyboard.press("Control+C");
    await workbench().runCommand("Llama 2: Focus on Chat");
    const page = await workbench().webview();
    const box = page.getByRole("textbox", { name: "Message" });
    await box.fill("Is this right? ");
    await box.press("End");
    await box.press("Control+V");
    const chip = page.locator("llama2-pending-chips .chip-open", { hasText: "knn.py:7-9" });
    await chip.waitFor();
    await until("the text without the code", async () => {
      assert.equal(await box.inputValue(), "Is this right? ");
    });
    await chip.press("Delete");
    await chip.waitFor({ state: "detached" });
    await box.fill("");
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

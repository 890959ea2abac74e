/** The first minute of somebody who has no model yet. */
import assert from "node:assert/strict";
import { useWorkbench } from "../support/workbench";

suite("the first run, without any model", () => {
  const workbench = useWorkbench({ open: "knn.py" });

  test("the chat says that there is no model and offers to pick a file", async () => {
    await workbench().runCommand("Llama 2: Focus on Chat");
    const page = await workbench().webview();
    await page.getByRole("button", { name: /Select Model File/ }).waitFor();
    await workbench().screenshot("first run");
    await page.getByRole("button", { name: /Select Model File/ }).click();
    await workbench().quickInput().waitFor();
    await workbench().page.keyboard.press("Escape");
  });

  test("the status bar says so too, and nothing has popped up", async () => {
    await workbench()
      .statusBarItem(/no model/i)
      .waitFor();
    assert.equal(await workbench().page.locator(".notifications-toasts .notification-list-item").count(), 0);
    assert.equal(await workbench().page.locator(".monaco-dialog-box").count(), 0);
  });

  test("typing brings no ghost text and no message", async () => {
    await workbench().openFile("knn.py");
    await workbench().moveCursorTo(10, 1);
    await workbench().page.keyboard.type("x = ");
    await workbench().runCommand("Trigger Inline Suggestion");
    assert.equal(await workbench().ghostText().count(), 0);
    await workbench().page.keyboard.press("Control+Z");
  });
});

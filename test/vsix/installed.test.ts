/** The package as a user installs it, in a VS Code without any test flag: the native runtime inside it must work. */
import assert from "node:assert/strict";
import { tinyCodeModelPath } from "../support/models";
import { until, useWorkbench } from "../support/workbench";

suite("the installed package", () => {
  const workbench = useWorkbench({
    extension: "installed",
    machineSettings: {
      "llama2.chat.modelPath": tinyCodeModelPath,
      "llama2.completion.modelPath": tinyCodeModelPath,
      "llama2.engine.threads": 1,
    },
    settings: { "llama2.chat.maxTokens": 16, "llama2.completion.eagerness": "eager" },
    files: { "numbers.py": "def add(a, b):\n    return a + b\n\n\ndef subtract(a, b):\n    return" },
    open: "numbers.py",
  });

  test("loads the model with the runtime that is in it", async () => {
    await workbench()
      .statusBarItem(/llama2-tiny-code-3m-q8_0 ·/)
      .waitFor();
    assert.doesNotMatch(await workbench().page.title(), /Extension Development Host/);
  });

  test("suggests code, and Tab accepts it", async () => {
    await until("ghost text", async () => {
      await workbench().openFile("numbers.py");
      await workbench().page.keyboard.press("Control+End");
      await workbench().page.keyboard.type(" ");
      await workbench().ghostText().waitFor({ timeout: 10_000 });
    });
    const before = await workbench().editorText();
    await workbench().page.keyboard.press("Tab");
    await workbench().ghostText().waitFor({ state: "detached" });
    assert.equal(await workbench().editorText(), before, "what was ghost text is in the document now");
  });

  test("shows the chat page and answers in it", async () => {
    await workbench().runCommand("Llama 2: Focus on Chat");
    const page = await workbench().webview();
    await page.getByRole("textbox").fill("def add(a, b):");
    await page.getByRole("textbox").press("Enter");
    await page.getByText(/first token after/).waitFor();
    await workbench().screenshot("installed package");
  });
});

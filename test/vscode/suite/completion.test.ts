/** Ghost text from the tiny model, through the real editor. Its taste does not matter here, only that and when it comes. */
import * as assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";
import { closeAllEditors, configure, eventually, extensionApi, modelsReady, openText } from "../host";

const CODE = "def add(a, b):\n    return a + b\n\n\ndef subtract(a, b):\n    return‸";

/** Asks for a suggestion as a user does, and takes it where there is one; true when text was inserted. */
async function triggerAndAccept(editor: vscode.TextEditor): Promise<boolean> {
  const before = editor.document.getText();
  await vscode.commands.executeCommand("editor.action.inlineSuggest.trigger");
  await delay(300); // there is no event for ghost text
  await vscode.commands.executeCommand("editor.action.inlineSuggest.commit");
  return editor.document.getText() !== before;
}

suite("completion", () => {
  setup(async () => {
    await modelsReady(await extensionApi());
    await configure("completion.eagerness", "eager"); // the tiny model is sure of little
  });

  teardown(async () => {
    await configure("completion.enabled", undefined);
    await configure("completion.eagerness", undefined);
    await configure("completion.languages", undefined);
    await closeAllEditors();
  });

  test("a suggestion is shown and can be accepted", async () => {
    const editor = await openText(CODE, "python");
    const before = editor.document.getText();
    await eventually("an accepted suggestion", () => triggerAndAccept(editor));
    assert.ok(editor.document.getText().startsWith(before), "the text before the cursor is untouched");
    assert.ok(editor.document.getText().length > before.length);
  });

  test("typing brings a suggestion by itself", async () => {
    const editor = await openText(CODE, "python");
    await eventually("an accepted suggestion", async () => {
      const before = editor.document.getText();
      await vscode.commands.executeCommand("type", { text: " " });
      await delay(1500); // debounce, model, and no event for ghost text
      await vscode.commands.executeCommand("editor.action.inlineSuggest.commit");
      return editor.document.getText().length > before.length + 1;
    });
  });

  test("turned off, nothing is suggested, also when asked", async () => {
    await vscode.commands.executeCommand("llama2.toggleCompletions");
    const editor = await openText(CODE, "python");
    assert.equal(await triggerAndAccept(editor), false);
    const api = await extensionApi();
    assert.match(api.status().tooltip, /Completions are off/);
    await vscode.commands.executeCommand("llama2.toggleCompletions");
    // In another document: VS Code remembers that there was nothing at this place of this one.
    const other = await openText(CODE, "python");
    await eventually("a suggestion after turning on again", () => triggerAndAccept(other));
  });

  test("turned off for a language, other languages still get suggestions", async () => {
    const python = await openText(CODE, "python");
    await vscode.commands.executeCommand("llama2.toggleCompletionsForLanguage");
    assert.deepEqual(vscode.workspace.getConfiguration("llama2").get("completion.languages"), {
      "*": true,
      python: false,
    });
    assert.equal(await triggerAndAccept(python), false);
    const other = await openText(
      "function add(a, b) {\n  return a + b;\n}\n\nfunction subtract(a, b) {\n  return‸",
      "javascript",
    );
    await eventually("a suggestion in JavaScript", () => triggerAndAccept(other));
  });
});

/** What a completion's prompt knows beyond its document. */
import * as assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";
import { closeAllEditors, eventually, extensionApi, modelsReady } from "../host";

/** Types at the cursor until the prompt of the suggestion that this brings contains a text. */
async function promptWith(wanted: RegExp): Promise<string> {
  const api = await extensionApi();
  return eventually(`a prompt with ${String(wanted)}`, async () => {
    await vscode.commands.executeCommand("type", { text: " " });
    await vscode.commands.executeCommand("editor.action.inlineSuggest.trigger");
    await delay(200); // there is no event for what is not shown
    const prompt = (await api.lastPrompt())?.text ?? "";
    return wanted.test(prompt) && prompt;
  });
}

suite("completions in a notebook", () => {
  setup(async () => {
    await modelsReady(await extensionApi());
  });

  teardown(closeAllEditors);

  test("see the other cells", async () => {
    const { Code, Markup } = vscode.NotebookCellKind;
    const notebook = await vscode.workspace.openNotebookDocument(
      "jupyter-notebook",
      new vscode.NotebookData([
        new vscode.NotebookCellData(Markup, "# Sales of the year", "markdown"),
        new vscode.NotebookCellData(Code, "import pandas", "python"),
        new vscode.NotebookCellData(Code, "rows = pandas.", "python"),
        new vscode.NotebookCellData(Code, "rows.head()", "python"),
      ]),
    );
    const editor = await vscode.window.showNotebookDocument(notebook);
    editor.selection = new vscode.NotebookRange(2, 3);
    await vscode.commands.executeCommand("notebook.cell.edit");
    const cell = await eventually("the cell's editor", () => {
      const active = vscode.window.activeTextEditor;
      return active?.document === notebook.cellAt(2).document && active;
    });
    const end = cell.document.lineAt(0).range.end;
    cell.selection = new vscode.Selection(end, end);
    const before = /<MID>(?:[^]*Path: [^\n]*\n)?# # Sales of the year\n\nimport pandas\n\nrows = pandas\./;
    assert.match(await promptWith(before), /<SUF>\s*rows\.head\(\)/);
    // a cell that is added is known too
    const edit = new vscode.WorkspaceEdit();
    edit.set(notebook.uri, [
      vscode.NotebookEdit.insertCells(2, [new vscode.NotebookCellData(Code, "import numpy", "python")]),
    ]);
    await vscode.workspace.applyEdit(edit);
    await promptWith(/import pandas\n\nimport numpy\n\nrows = pandas\./);
  });
});

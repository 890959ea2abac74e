/** What the buttons and links of the chat page do in VS Code: copy, insert, replace, make a file, open a link, show a piece of code. */
import * as vscode from "vscode";
import type { CodeAttachment } from "./attachment";
import { languageIdOfFence } from "./fenceLanguage";
import { indentAll, indentLike } from "./indent";

export async function copyCode(code: string): Promise<void> {
  await vscode.env.clipboard.writeText(code);
}

/** Replaces the selection of the last active editor, as one undo step, and gives the editor the focus. */
export async function insertAtCursor(code: string): Promise<void> {
  const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
  if (editor === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("Open a file and put the cursor where the code should go, then try again."),
    );
    return;
  }
  const { document, selection } = editor;
  const before = document.lineAt(selection.start.line).text.slice(0, selection.start.character);
  const inserted = await editor.edit((edit) => {
    edit.replace(selection, indentLike(code, before));
  });
  if (!inserted) {
    void vscode.window.showWarningMessage(vscode.l10n.t("The code could not be inserted: the file cannot be changed."));
    return;
  }
  editor.selection = new vscode.Selection(editor.selection.end, editor.selection.end);
  await vscode.window.showTextDocument(document, { viewColumn: editor.viewColumn, preserveFocus: false });
}

/** Replaces what is selected in the last active editor, indented as it was, as one undo step. */
export async function replaceSelection(code: string): Promise<void> {
  const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
  if (editor === undefined || editor.selection.isEmpty) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("Select the code that should be replaced, then try again."),
    );
    return;
  }
  const { document, selection } = editor;
  const line = document.lineAt(selection.start.line);
  const before = line.text.slice(0, selection.start.character);
  const whole = before.trim() === "" ? selection.with(line.range.start) : selection;
  const indent = line.text.slice(0, line.firstNonWhitespaceCharacterIndex);
  const replaced = await editor.edit((edit) => {
    edit.replace(whole, before.trim() === "" ? indentAll(code, indent) : indentAll(code, indent).trimStart());
  });
  if (!replaced) {
    void vscode.window.showWarningMessage(vscode.l10n.t("The code could not be inserted: the file cannot be changed."));
    return;
  }
  await vscode.window.showTextDocument(document, { viewColumn: editor.viewColumn, preserveFocus: false });
}

/** Opens the code as a document that is not saved yet. `fence`: its language as the model named it. */
export async function newFile(code: string, fence: string): Promise<void> {
  const language = languageIdOfFence(fence, await vscode.languages.getLanguages());
  const document = await vscode.workspace.openTextDocument({ language, content: `${code.trimEnd()}\n` });
  await vscode.window.showTextDocument(document, { preview: false });
}

/** Opens web addresses only; VS Code asks before it leaves for an address that is not trusted. */
export async function openLink(href: string): Promise<void> {
  const uri = URL.canParse(href) ? vscode.Uri.parse(href) : undefined;
  if (uri?.scheme === "http" || uri?.scheme === "https") {
    await vscode.env.openExternal(uri);
  }
}

/** Shows the code in its file where the file still has it there, else as a document of its own. */
export async function openAttachment(attachment: CodeAttachment): Promise<void> {
  const { uri, range, text, title, languageId } = attachment;
  const place =
    range === undefined
      ? undefined
      : new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character);
  if (title !== undefined) {
    return showText(text, languageId);
  }
  try {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
    if (place === undefined || document.getText(place) === text) {
      await vscode.window.showTextDocument(document, place === undefined ? {} : { selection: place });
      return;
    }
  } catch {
    // The file is gone: the code itself is shown instead.
  }
  await showText(text, languageId);
}

async function showText(content: string, languageId: string): Promise<void> {
  const language = languageId === "" ? "plaintext" : languageId;
  const copy = await vscode.workspace.openTextDocument({ language, content });
  await vscode.window.showTextDocument(copy, { preview: true });
}

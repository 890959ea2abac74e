/** Switches completions on and off: everywhere, or for the language of the active editor. */
import * as vscode from "vscode";
import { readSettings, saveCompletionEnabled, saveCompletionForLanguage } from "../settings";

export async function toggleCompletions(): Promise<void> {
  await saveCompletionEnabled(!readSettings().completionEnabled);
}

export async function toggleCompletionsForLanguage(): Promise<void> {
  const languageId = vscode.window.activeTextEditor?.document.languageId;
  if (languageId === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t("Open a file of the language first."));
    return;
  }
  const languages = readSettings().completionLanguages;
  await saveCompletionForLanguage(languageId, !(languages[languageId] ?? languages["*"] ?? true));
}

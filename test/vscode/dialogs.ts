/** Answers VS Code's dialogs in place of the user. */
import * as vscode from "vscode";

export type Restore = () => void;

type Dialog = "showQuickPick" | "showInputBox" | "showInformationMessage" | "showWarningMessage" | "showErrorMessage";

/** `asked` has the arguments of each time, the last one last. Of several answers for one dialog the newest counts. */
export function answerDialog(
  dialog: Dialog,
  reply: (...args: unknown[]) => unknown,
): { readonly asked: readonly unknown[][]; readonly restore: Restore } {
  const asked: unknown[][] = [];
  const window = vscode.window as unknown as Record<string, unknown>;
  const original = window[dialog];
  window[dialog] = (...args: unknown[]) => {
    asked.push(args);
    return Promise.resolve(reply(...args));
  };
  return { asked, restore: () => (window[dialog] = original) };
}

/** "Explain Terminal Selection": what is selected in a terminal becomes a question. */
import * as vscode from "vscode";

export interface ExplainTerminalParts {
  readonly revealChat: () => Promise<void>;
  /** Adds the text to the question that is asked then. */
  readonly ask: (text: string, output: { readonly label: string; readonly text: string }) => Promise<void>;
}

/** VS Code gives a terminal's selection to nobody but its own copy command; what was on the clipboard is put back. */
export async function explainTerminalSelection(parts: ExplainTerminalParts): Promise<void> {
  const before = await vscode.env.clipboard.readText();
  await vscode.env.clipboard.writeText("");
  let text: string;
  try {
    await vscode.commands.executeCommand("workbench.action.terminal.copySelection");
    text = await vscode.env.clipboard.readText();
  } finally {
    await vscode.env.clipboard.writeText(before);
  }
  if (text.trim() === "") {
    void vscode.window.showInformationMessage(vscode.l10n.t("Select text in the terminal first."));
    return;
  }
  await parts.revealChat();
  const label = vscode.window.activeTerminal?.name ?? vscode.l10n.t("Terminal");
  await parts.ask(vscode.l10n.t("Explain this terminal output: what happened, and what to do next."), { label, text });
}

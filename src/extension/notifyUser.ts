/** Messages to the user: once for each thing that failed, with what to do next as buttons. */
import * as vscode from "vscode";
import { errorText } from "./errorText";

export interface UserAction {
  readonly title: string;
  readonly run: () => unknown;
}

/** Says that something the user asked for failed. Resolves when the message is gone and the chosen action is done. */
export async function notifyError(error: unknown, ...actions: readonly UserAction[]): Promise<void> {
  const titles = actions.map(({ title }) => title);
  const chosen = await vscode.window.showErrorMessage(errorText(error, vscode.l10n.t), ...titles);
  await actions.find(({ title }) => title === chosen)?.run();
}

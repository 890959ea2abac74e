/** The commands that add something to the chat from elsewhere in VS Code. */
import * as vscode from "vscode";
import { EXTENSION_ID } from "../../contributions";
import type { Context } from "./context";
import type { ContextItem } from "./contextItem";

/** What VS Code's menus hand over: the file that was clicked, then all that are selected; from the palette nothing. */
export function filesFromMenu(args: readonly unknown[]): readonly vscode.Uri[] {
  const [clicked, selected] = args;
  const all = Array.isArray(selected) ? selected.filter((one) => one instanceof vscode.Uri) : [];
  return all.length > 0 ? all : clicked instanceof vscode.Uri ? [clicked] : [];
}

/** Adds what was dropped on the page. */
export async function attachDropped(context: Context, uris: readonly string[]): Promise<void> {
  if (uris.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("Drop files from the Explorer or from editor tabs: others have no place that VS Code knows."),
    );
  }
  for (const uri of uris) {
    const item: ContextItem = { kind: "file", uri: asExtensionsSeeIt(vscode.Uri.parse(uri)).toString() };
    await context.add(item);
  }
}

/**
 * A drag names the files of a remote machine as the window does, `vscode-remote://...`; an extension that runs on that
 * machine knows them as its own files, by which they are excluded and attached once only.
 */
function asExtensionsSeeIt(uri: vscode.Uri): vscode.Uri {
  const runsThere =
    vscode.extensions.getExtension(EXTENSION_ID)?.extensionKind === vscode.ExtensionKind.Workspace &&
    vscode.env.remoteName !== undefined;
  return uri.scheme === "vscode-remote" && runsThere ? uri.with({ scheme: "file", authority: "" }) : uri;
}

/** Adds the files, or the active editor's file where none is named. */
export async function attachFiles(context: Context, uris: readonly vscode.Uri[]): Promise<void> {
  const active = vscode.window.activeTextEditor?.document.uri;
  const chosen = uris.length > 0 || active === undefined ? uris : [active];
  if (chosen.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t("Open the file that you want to add to the chat."));
  }
  for (const uri of chosen) {
    const item: ContextItem = { kind: "file", uri: uri.toString() };
    await context.add(item);
  }
}

/** Which files of the workspace are kept from the model, by the same rules as in the inference process. */
import * as vscode from "vscode";
import { IGNORE_FILE, isContextPath, parseIgnoreRules, type IgnoreRules } from "../../../exclusion/exclusionRules";

/** Whether a file may be attached. */
export type MayAttach = (uri: vscode.Uri) => boolean;

/** Reads the rules as they are now: `llama2.exclude`, and `.llama2ignore` of every workspace folder. */
export async function currentExclusions(patterns: readonly string[]): Promise<MayAttach> {
  const inSetting = parseIgnoreRules(patterns);
  const folders = vscode.workspace.workspaceFolders ?? [];
  const inFolders = new Map(
    await Promise.all(folders.map(async ({ uri }) => [uri.toString(), await ignoreFileOf(uri)] as const)),
  );
  return (uri) => {
    const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri;
    const rules = folder === undefined ? undefined : inFolders.get(folder.toString());
    return isContextPath(relativePath(uri, folder), rules === undefined ? [inSetting] : [inSetting, rules]);
  };
}

async function ignoreFileOf(folder: vscode.Uri): Promise<IgnoreRules | undefined> {
  try {
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, IGNORE_FILE));
    return parseIgnoreRules(new TextDecoder().decode(bytes));
  } catch {
    return undefined; // most folders have none
  }
}

/** With slashes, without one at its start: what patterns are written for. */
function relativePath(uri: vscode.Uri, folder: vscode.Uri | undefined): string {
  const base = folder?.path.replace(/\/*$/, "/") ?? "";
  const path = uri.path.startsWith(base) ? uri.path.slice(base.length) : uri.path;
  return path.replace(/^\/+/, "");
}

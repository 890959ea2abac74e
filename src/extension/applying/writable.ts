/** Whether a file may be written at all, asked before anything is proposed for it. */
import * as vscode from "vscode";

export async function isWritable(uri: vscode.Uri): Promise<boolean> {
  if (uri.scheme === "untitled") {
    return true;
  }
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) {
    return false;
  }
  try {
    const { permissions } = await vscode.workspace.fs.stat(uri);
    return permissions !== vscode.FilePermission.Readonly;
  } catch {
    return true; // not saved yet, or not to be looked at: writing will tell
  }
}

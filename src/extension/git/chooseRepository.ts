/** Which repository a command is about. */
import { basename } from "node:path/posix";
import * as vscode from "vscode";
import { isRecord } from "../../base/json";
import { currentRepository, gitRepositories, repositoryOf, type GitRepository } from "./gitApi";

/**
 * The one whose button was pressed (VS Code hands over its source control), else that of the active editor's file, else
 * the user chooses. Undefined where there is none, which is said, or none was chosen.
 */
export async function chooseRepository(sourceControl: unknown): Promise<GitRepository | undefined> {
  const rootUri = isRecord(sourceControl) ? sourceControl["rootUri"] : undefined;
  if (rootUri instanceof vscode.Uri) {
    return repositoryOf(rootUri);
  }
  const current = await currentRepository();
  if (current !== undefined) {
    return current;
  }
  const all = await gitRepositories();
  if (all.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("There is no Git repository here. Open a folder that is in one, or switch Git on (git.enabled)."),
    );
    return undefined;
  }
  const items = all.map((repository) => ({
    label: basename(repository.rootUri.path),
    description: repository.rootUri.fsPath,
    repository,
  }));
  const title = vscode.l10n.t("For which repository?");
  return (await vscode.window.showQuickPick(items, { title }))?.repository;
}

/** The changes of a repository as a piece of text for the model, or the sentence that says why there are none. */
import * as vscode from "vscode";
import type { LabelledCode } from "../labelledCode";
import { changesOf, currentRepository, type GitRepository } from "./gitApi";

export type RepositoryDiff =
  | { readonly code: LabelledCode; readonly staged: boolean }
  /** A sentence. */
  | { readonly refused: string };

export async function repositoryDiff(repository: GitRepository): Promise<RepositoryDiff> {
  const changes = await changesOf(repository);
  if (changes.kind === "none") {
    return {
      refused: changes.untracked
        ? vscode.l10n.t("Only new files have changed. Stage them, so that Git shows what is in them, and try again.")
        : vscode.l10n.t("There are no changes: nothing is staged, and the files are as they were committed."),
    };
  }
  const staged = changes.kind === "staged";
  const label = staged ? vscode.l10n.t("Staged changes") : vscode.l10n.t("Changes");
  return { code: { uri: repository.rootUri.toString(), languageId: "diff", text: changes.diff, label }, staged };
}

/** Of the active editor's repository, else of the only one there is. */
export async function currentDiff(): Promise<RepositoryDiff> {
  const repository = await currentRepository();
  return repository === undefined
    ? { refused: vscode.l10n.t("There is no Git repository here whose changes could be shown to the model.") }
    : repositoryDiff(repository);
}

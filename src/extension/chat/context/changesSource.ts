/** Changes under Git as context: what is staged and what is not, by VS Code's own Git extension. */
import { basename } from "node:path/posix";
import * as vscode from "vscode";
import type { Suggestion } from "../../../protocol/chatView";
import { gitRepositories, type GitRepository } from "../../git/gitApi";
import { itemId, type ContextItem } from "./contextItem";
import { nothing, read, type ContextSource, type Reading } from "./contextParts";
import { withoutFiles } from "./diffFiles";
import type { MayAttach } from "./exclusions";
import { namedEntries, type NamedEntry } from "./namedEntries";

type ChangesItem = Extract<ContextItem, { kind: "changes" }>;

export interface ChangesSourceParts {
  readonly exclusions: () => Promise<MayAttach>;
  readonly repositories?: () => Promise<readonly GitRepository[]>;
}

export class ChangesSource implements ContextSource<"changes"> {
  private readonly repositories: () => Promise<readonly GitRepository[]>;

  constructor(private readonly parts: ChangesSourceParts) {
    this.repositories = parts.repositories ?? gitRepositories;
  }

  async find(query: string): Promise<readonly Suggestion[]> {
    const repositories = await this.repositories();
    const entries = repositories.flatMap((repository) => [
      entry(repository, false, repositories.length > 1),
      entry(repository, true, repositories.length > 1),
    ]);
    return namedEntries(query, entries.length === 0 ? [noRepository()] : entries);
  }

  /** Read again when the question is sent: what was changed meanwhile is part of the changes. */
  async read(item: ChangesItem): Promise<Reading> {
    const repository = (await this.repositories()).find(({ rootUri }) => rootUri.toString() === item.root);
    if (repository === undefined) {
      return nothing(vscode.l10n.t("No Git repository is open here. Git must be installed and the folder trusted."));
    }
    const mayAttach = await this.parts.exclusions();
    const { diff, left } = withoutFiles(
      await repository.diff(item.staged),
      (path) => !mayAttach(vscode.Uri.joinPath(repository.rootUri, path)),
    );
    return diff.trim() === ""
      ? nothing(whyNoChanges(item.staged, left))
      : read({
          uri: item.root,
          languageId: "diff",
          title: item.staged ? "Staged changes (git diff --cached)" : "Changes that are not staged (git diff)",
          text: diff,
          label: labelOf(item.staged),
          icon: "git-commit",
          source: itemId(item),
        });
  }
}

function entry({ rootUri, state }: GitRepository, staged: boolean, nameIt: boolean): NamedEntry {
  const item: ChangesItem = { kind: "changes", root: rootUri.toString(), staged };
  const count = (staged ? state.indexChanges : state.workingTreeChanges).length;
  const files = count === 0 ? vscode.l10n.t("none") : vscode.l10n.t("{0} files", count);
  return named(item, labelOf(staged), nameIt ? `${basename(rootUri.path)} · ${files}` : files);
}

function noRepository(): NamedEntry {
  return named({ kind: "changes", root: "", staged: false }, vscode.l10n.t("Git Changes"), vscode.l10n.t("none"));
}

function named(item: ChangesItem, label: string, detail: string): NamedEntry {
  const group = vscode.l10n.t("Collected");
  const keyword = item.staged ? "git staged diff" : "git diff changes";
  return { keyword, suggestion: { id: itemId(item), label, detail, icon: "git-commit", group } };
}

function labelOf(staged: boolean): string {
  return staged ? vscode.l10n.t("Git: Staged Changes") : vscode.l10n.t("Git: Changes");
}

function whyNoChanges(staged: boolean, left: number): string {
  if (left > 0) {
    return vscode.l10n.t("All changes are in files that are kept from the model.");
  }
  return staged
    ? vscode.l10n.t("Nothing is staged.")
    : vscode.l10n.t("No file under Git has changes that are not staged. New files count once they are staged.");
}

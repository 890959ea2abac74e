/**
 * The part of VS Code's own Git extension that we use (its API, version 1), and the changes of a repository as text. Where
 * Git is switched off or the extension is missing there are no repositories.
 */
import * as vscode from "vscode";

export interface GitRepository {
  readonly rootUri: vscode.Uri;
  /** The message box in the Source Control view. */
  readonly inputBox: { value: string };
  readonly state: {
    readonly indexChanges: readonly unknown[];
    readonly workingTreeChanges: readonly unknown[];
    readonly untrackedChanges?: readonly unknown[];
  };
  /** Brings `state` up to date. */
  status(): Promise<void>;
  /** The newest first. */
  log(options: { readonly maxEntries: number }): Promise<readonly GitCommit[]>;
  /** The files that differ, or for one of them what `git diff` prints. */
  diffBetween(older: string, newer: string): Promise<readonly { readonly uri: vscode.Uri }[]>;
  diffBetween(older: string, newer: string, path: string): Promise<string>;
  /** A file as it was in a commit. Rejects where there is none. */
  show(commit: string, path: string): Promise<string>;
  /** What `git diff` prints; with true for what is staged. */
  diff(cached?: boolean): Promise<string>;
}

export interface GitCommit {
  readonly hash: string;
  /** More than one for a merge. */
  readonly parents: readonly string[];
}

interface GitApi {
  readonly repositories: readonly GitRepository[];
  getRepository(uri: vscode.Uri): GitRepository | null;
}

interface GitExtension {
  readonly enabled: boolean;
  /** Throws where Git is not enabled. */
  getAPI(version: 1): GitApi;
}

async function gitApi(): Promise<GitApi | undefined> {
  const extension = vscode.extensions.getExtension<GitExtension>("vscode.git");
  const exported = await extension?.activate();
  return exported?.enabled === true ? exported.getAPI(1) : undefined;
}

export async function gitRepositories(): Promise<readonly GitRepository[]> {
  return (await gitApi())?.repositories ?? [];
}

/** The repository that the file or folder is in. */
export async function repositoryOf(uri: vscode.Uri): Promise<GitRepository | undefined> {
  return (await gitApi())?.getRepository(uri) ?? undefined;
}

/** The repository of the active editor's file, else the only one there is. */
export async function currentRepository(): Promise<GitRepository | undefined> {
  const active = vscode.window.activeTextEditor?.document.uri;
  const ofEditor = active === undefined ? undefined : await repositoryOf(active);
  const all = await gitRepositories();
  return ofEditor ?? (all.length === 1 ? all[0] : undefined);
}

export type Changes =
  | { readonly kind: "staged" | "workingTree"; readonly diff: string }
  | { readonly kind: "none"; readonly untracked: boolean };

/** What is staged; where nothing is, what was changed and is not. New files count once they are staged: git has no diff of them. */
export async function changesOf(repository: GitRepository): Promise<Changes> {
  await repository.status();
  const staged = await repository.diff(true);
  if (staged.trim() !== "") {
    return { kind: "staged", diff: staged };
  }
  const diff = await repository.diff(false);
  if (diff.trim() !== "") {
    return { kind: "workingTree", diff };
  }
  const { untrackedChanges = [], workingTreeChanges } = repository.state;
  return { kind: "none", untracked: untrackedChanges.length + workingTreeChanges.length > 0 };
}

/** The files that the newest commits of a repository have changed, with the lines they added. */
import * as vscode from "vscode";
import { parseDiff } from "../git/diff";
import type { GitCommit, GitRepository } from "../git/gitApi";
import { addedLines, type CommittedFile } from "./problems";

/** How far back, and how much of it: enough lines for a comparison, read within seconds. */
const MAX_COMMITS = 40;
const MAX_FILES = 40;

/** Beyond this a file is data or generated. */
const MAX_LENGTH = 500_000;

/** Newest commits first; each file once, as its newest commit left it. Files that are gone have no language, and are left out. */
export async function committedFiles(repository: GitRepository, signal: AbortSignal): Promise<CommittedFile[]> {
  const files = new Map<string, CommittedFile>();
  for (const commit of await repository.log({ maxEntries: MAX_COMMITS })) {
    for (const uri of await changedFiles(repository, commit)) {
      signal.throwIfAborted();
      if (files.size < MAX_FILES && !files.has(uri.toString())) {
        const file = await fileIn(repository, commit, uri);
        if (file !== undefined) {
          files.set(uri.toString(), file);
        }
      }
    }
  }
  return [...files.values()];
}

/** Merges bring no lines of their own; the first commit of all has nothing to be compared with. */
async function changedFiles(repository: GitRepository, { hash, parents }: GitCommit): Promise<vscode.Uri[]> {
  const [parent, ...others] = parents;
  return parent === undefined || others.length > 0
    ? []
    : (await repository.diffBetween(parent, hash)).map(({ uri }) => uri);
}

async function fileIn(
  repository: GitRepository,
  { hash, parents }: GitCommit,
  uri: vscode.Uri,
): Promise<CommittedFile | undefined> {
  try {
    const [file] = parseDiff(await repository.diffBetween(parents[0] ?? "", hash, uri.fsPath));
    if (file === undefined || file.binary || file.added === 0) {
      return undefined;
    }
    const text = await repository.show(hash, uri.fsPath);
    const { languageId } = await vscode.workspace.openTextDocument(uri);
    return text.length > MAX_LENGTH
      ? undefined
      : { uri: uri.toString(), languageId, text, added: addedLines(file.hunks) };
  } catch {
    return undefined; // deleted, renamed or no text: there are others
  }
}

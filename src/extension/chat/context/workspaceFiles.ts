/**
 * The files of the workspace as Quick Open knows them: without `files.exclude`, `search.exclude`, and what .gitignore
 * names where `search.useIgnoreFiles` says so. Listed once, and again after files have come or gone.
 */
import { dirname } from "node:path/posix";
import * as vscode from "vscode";
import { isRecord } from "../../../base/json";
import { DisposableList, type Disposable } from "../../../base/disposables";
import { parseIgnoreRules, type IgnoreRules } from "../../../exclusion/exclusionRules";

/** Beyond that the list is of no use without a better question; VS Code's own limit for such searches is the same. */
const MAX_FILES = 20_000;
const MAX_IGNORE_FILES = 200;

interface IgnoreFolder {
  /** Path of the folder, with a slash at its end. */
  readonly path: string;
  readonly rules: IgnoreRules;
}

export class WorkspaceFiles implements Disposable {
  private readonly disposables = new DisposableList();
  private listed: Promise<readonly vscode.Uri[]> | undefined;

  constructor(private readonly logError: (error: unknown) => void) {
    const forget = (): void => {
      this.listed = undefined;
    };
    const watcher = this.disposables.add(vscode.workspace.createFileSystemWatcher("**/*", false, true, false));
    this.disposables.add(watcher.onDidCreate(forget));
    this.disposables.add(watcher.onDidDelete(forget));
    this.disposables.add(vscode.workspace.onDidChangeWorkspaceFolders(forget));
    this.disposables.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("files.exclude") || event.affectsConfiguration("search")) {
          forget();
        }
      }),
    );
    this.disposables.add(
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        if (uri.path.endsWith("/.gitignore")) {
          forget();
        }
      }),
    );
  }

  /** Sorted by path; empty where no folder is open, or its file system cannot be searched. */
  list(): Promise<readonly vscode.Uri[]> {
    this.listed ??= this.search();
    return this.listed;
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private async search(): Promise<readonly vscode.Uri[]> {
    try {
      const exclude = excludeGlob();
      const [files, ignored] = await Promise.all([
        vscode.workspace.findFiles("**/*", exclude, MAX_FILES),
        ignoreFolders(exclude),
      ]);
      return files
        .filter((file) => !isIgnored(file, ignored))
        .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    } catch (error) {
      this.logError(error);
      this.listed = undefined;
      return [];
    }
  }
}

/** `findFiles` knows files.exclude only; its second parameter adds what searches leave out. */
function excludeGlob(): string | undefined {
  const patterns = vscode.workspace.getConfiguration("search").get<unknown>("exclude");
  const excluded = Object.entries(isRecord(patterns) ? patterns : {})
    .filter(([, value]) => value === true)
    .map(([pattern]) => pattern);
  return excluded.length === 0 ? undefined : `{${excluded.join(",")}}`;
}

async function ignoreFolders(exclude: string | undefined): Promise<readonly IgnoreFolder[]> {
  if (!vscode.workspace.getConfiguration("search").get<unknown>("useIgnoreFiles", true)) {
    return [];
  }
  const files = await vscode.workspace.findFiles("**/.gitignore", exclude, MAX_IGNORE_FILES);
  return Promise.all(
    files.map(async (file) => ({
      path: `${dirname(file.path).replace(/\/$/, "")}/`,
      rules: parseIgnoreRules(new TextDecoder().decode(await vscode.workspace.fs.readFile(file))),
    })),
  );
}

function isIgnored(file: vscode.Uri, folders: readonly IgnoreFolder[]): boolean {
  return folders.some(({ path, rules }) => file.path.startsWith(path) && rules.ignores(file.path.slice(path.length)));
}

/** Which files the user keeps from the model: `llama2.exclude` and `.llama2ignore`, both in the syntax of .gitignore. */
import { readFileSync, statSync } from "node:fs";
import * as path from "node:path";
import ignore, { type Ignore } from "ignore";
import { looksSecret } from "./secretFiles";
import { filePathOf, type WorkspaceFolders } from "./workspaceFolders";

const IGNORE_FILE = ".llama2ignore";

interface IgnoreFile {
  readonly changedMs: number;
  readonly rules: Ignore;
}

export class Exclusion {
  private readonly ignoreFiles = new Map<string, IgnoreFile>();

  /** `patterns` are those of the setting, as they are now. */
  constructor(
    private readonly folders: WorkspaceFolders,
    private readonly patterns: () => readonly string[],
  ) {}

  /** Whether the user excluded a document: nothing is suggested in it, and nothing of it enters a prompt. */
  isExcluded(uri: string): boolean {
    const { folder, path: relative } = this.folders.locate(uri);
    if (relative === "") {
      return false;
    }
    const inSetting = ignore().add(this.patterns()).ignores(relative);
    return inSetting || (folder !== undefined && this.ignoreFileOf(folder)?.ignores(relative) === true);
  }

  /** Whether a document may appear in the prompt for another one. */
  isSource(uri: string): boolean {
    return !looksSecret(this.folders.locate(uri).path) && !this.isExcluded(uri);
  }

  /** Read when it has changed. Synchronously: the thread pool of this process is busy with the model. */
  private ignoreFileOf(folder: string): Ignore | undefined {
    const folderPath = filePathOf(folder);
    if (folderPath === undefined) {
      return undefined;
    }
    const file = path.join(folderPath, IGNORE_FILE);
    const changedMs = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
    if (changedMs === undefined) {
      return undefined;
    }
    let known = this.ignoreFiles.get(file);
    if (known?.changedMs !== changedMs) {
      known = { changedMs, rules: ignore().add(readFileSync(file, "utf8")) };
      this.ignoreFiles.set(file, known);
    }
    return known.rules;
  }
}

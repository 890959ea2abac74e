/** Which of the client's documents are kept from the model, by the rules of src/exclusion and the files on the disk. */
import { readFileSync, statSync } from "node:fs";
import * as path from "node:path";
import {
  IGNORE_FILE,
  isContextPath,
  isExcludedPath,
  parseIgnoreRules,
  type IgnoreRules,
} from "../../exclusion/exclusionRules";
import { filePathOf, type WorkspaceFolders } from "./workspaceFolders";

interface IgnoreFile {
  readonly changedMs: number;
  readonly rules: IgnoreRules;
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
    return isExcludedPath(relative, this.rulesFor(folder));
  }

  /** Whether a document may appear in the prompt for another one. */
  isSource(uri: string): boolean {
    const { folder, path: relative } = this.folders.locate(uri);
    return isContextPath(relative, this.rulesFor(folder));
  }

  private rulesFor(folder: string | undefined): IgnoreRules[] {
    const inFolder = folder === undefined ? undefined : this.ignoreFileOf(folder);
    return [parseIgnoreRules(this.patterns()), ...(inFolder === undefined ? [] : [inFolder])];
  }

  /** Read when it has changed. Synchronously: the thread pool of this process is busy with the model. */
  private ignoreFileOf(folder: string): IgnoreRules | undefined {
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
      known = { changedMs, rules: parseIgnoreRules(readFileSync(file, "utf8")) };
      this.ignoreFiles.set(file, known);
    }
    return known.rules;
  }
}

/**
 * Which files the user keeps from the model: `llama2.exclude` and `.llama2ignore`, both in the syntax of .gitignore. The
 * inference process and the extension ask here, each with the texts as it gets them. Pure.
 */
import ignore from "ignore";
import { looksSecret } from "./secretFiles";

export const IGNORE_FILE = ".llama2ignore";

/** Rules in the syntax of .gitignore, ready to be asked. */
export interface IgnoreRules {
  /** Takes a path with slashes, relative to the folder that the rules belong to. */
  ignores(path: string): boolean;
}

/** Takes the text of an ignore file, or its lines. */
export function parseIgnoreRules(source: string | readonly string[]): IgnoreRules {
  return ignore().add(source);
}

/** Whether the user excluded a file: nothing is suggested in it, and nothing of it enters a prompt. "" names no file. */
export function isExcludedPath(path: string, rules: readonly IgnoreRules[]): boolean {
  return path !== "" && rules.some((one) => one.ignores(path));
}

/** Whether a file may be shown to the model beside what it was asked about. */
export function isContextPath(path: string, rules: readonly IgnoreRules[]): boolean {
  return !looksSecret(path) && !isExcludedPath(path, rules);
}

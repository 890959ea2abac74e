/** The prompts that count, out of the files of all folders: a workspace's before the user's, the user's before the built-in. Pure. */
import { faultText } from "./problem";
import { parsePromptFile, type Prompt } from "./promptFile";
import type { Translate } from "../../base/localize";

/** Where a prompt comes from; the first ones go before the others. */
export const PROMPT_SOURCES = ["workspace", "user", "builtIn"] as const;
export type PromptSource = (typeof PROMPT_SOURCES)[number];

export interface PromptText {
  readonly source: PromptSource;
  readonly uri: string;
  readonly text: string;
}

export interface LoadedPrompt extends Prompt {
  readonly source: PromptSource;
  readonly uri: string;
}

/** A file with an error in it. */
export interface BrokenPrompt {
  readonly source: PromptSource;
  readonly uri: string;
  /** The file's name without ".md": what it probably is about. */
  readonly name: string;
  /** The first error as a sentence, and its line, counted from 1. */
  readonly error: string;
  readonly line: number;
}

export interface PromptSet {
  /** One for each name, in the order of names. */
  readonly prompts: readonly LoadedPrompt[];
  readonly broken: readonly BrokenPrompt[];
}

/** `files` stand in the order in which their folders count within a source, and within a folder by name. */
export function promptSet(files: readonly PromptText[], translate: Translate): PromptSet {
  const prompts = new Map<string, LoadedPrompt>();
  const broken: BrokenPrompt[] = [];
  for (const source of PROMPT_SOURCES) {
    for (const file of files.filter((one) => one.source === source)) {
      const { prompt, problems } = parsePromptFile(file.text);
      const error = problems.find(({ severity }) => severity === "error");
      if (prompt !== undefined) {
        const key = prompt.name.toLowerCase();
        prompts.set(key, prompts.get(key) ?? { ...prompt, source, uri: file.uri });
      } else if (error !== undefined) {
        const line = file.text.slice(0, error.start).split("\n").length;
        broken.push({ source, uri: file.uri, name: nameOf(file.uri), error: faultText(error.fault, translate), line });
      }
    }
  }
  return { prompts: [...prompts.values()].sort((a, b) => a.name.localeCompare(b.name)), broken };
}

export function nameOf(uri: string): string {
  const file = uri.split("/").at(-1) ?? "";
  try {
    return decodeURIComponent(file).replace(/\.md$/i, "");
  } catch {
    return file; // not encoded after all
  }
}

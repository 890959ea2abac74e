/** What `llama2/explain` is told besides the place of the code. */
import type { Declaration } from "./declarations";

export const EXPLAIN_LEVELS = ["brief", "detailed", "lineByLine"] as const;
export type ExplainLevel = (typeof EXPLAIN_LEVELS)[number];

/** `undefined` for anything that is no level. */
export function parseExplainLevel(value: unknown): ExplainLevel | undefined {
  return EXPLAIN_LEVELS.find((level) => level === value);
}

/** What the editor reports about a line of the code. */
export interface ExplainedProblem {
  /** From 0, in the document. */
  readonly line: number;
  readonly severity: "error" | "warning" | "information" | "hint";
  readonly message: string;
  /** Who reports it, "ts" or "pylint"; "" where that is not known. */
  readonly source: string;
}

export interface ExplainContext {
  /** "detailed" where it is not said. */
  readonly level?: ExplainLevel;
  /** Problems on the lines of the code. */
  readonly problems?: readonly ExplainedProblem[];
  /** Declarations of what the code uses and does not declare itself; the client has shortened them. */
  readonly declarations?: readonly Declaration[];
  /** What the user wants to know in particular; "" or absent: nothing but the explanation. */
  readonly request?: string;
  /** The question is about this problem rather than about the code. */
  readonly about?: ExplainedProblem;
}

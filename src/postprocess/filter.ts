/** What a filter of completions sees. Filters are pure: text in, text out, "" for nothing to show. */

/** `line`: only what remains of the cursor's line. `statement`: it and the block it opens. `block`: lines up to the block's end. */
export type CompletionShape = "line" | "statement" | "block";

/** How the editor writes one level of indentation; with tabs, `tabSize` is what a tab counts for. */
export interface Indentation {
  readonly tabSize: number;
  readonly insertSpaces: boolean;
}

export interface CompletionContext {
  /** VS Code's language id; an unknown one gets what is true of most programming languages. */
  readonly languageId: string;
  /** The document before the cursor, with LF line ends. */
  readonly prefix: string;
  /** The document after the cursor, with LF line ends. */
  readonly suffix: string;
  /** White space before the cursor that was kept out of the prompt, so that the model had to write it first. */
  readonly heldBack: string;
  readonly shape: CompletionShape;
  /** Of the document or, where it shows none, of the editor; undefined where neither says it. */
  readonly indentation: Indentation | undefined;
}

export interface Filter {
  /** Told as the reason where the filter leaves nothing. */
  readonly name: string;
  readonly apply: (text: string, context: CompletionContext) => string;
}

/** The rest of the line the cursor stands in. */
export function restOfLine({ suffix }: Pick<CompletionContext, "suffix">): string {
  return firstLine(suffix);
}

/** The cursor's line up to the cursor. */
export function lineBefore({ prefix }: Pick<CompletionContext, "prefix">): string {
  return prefix.slice(prefix.lastIndexOf("\n") + 1);
}

/** The lines of code below the cursor's line, blank ones left out. */
export function linesBelow({ suffix }: Pick<CompletionContext, "suffix">): string[] {
  return suffix
    .slice(firstLine(suffix).length)
    .split("\n")
    .filter((line) => !isBlank(line));
}

export function firstLine(text: string): string {
  const end = text.indexOf("\n");
  return end < 0 ? text : text.slice(0, end);
}

export function isBlank(text: string): boolean {
  return text.trim() === "";
}

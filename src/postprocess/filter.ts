/** What a filter of completions sees. Filters are pure: text in, text out, "" for nothing to show. */

export interface CompletionContext {
  /** The document before the cursor, with LF line ends. */
  readonly prefix: string;
  /** The document after the cursor, with LF line ends. */
  readonly suffix: string;
  /** White space before the cursor that was kept out of the prompt, so that the model had to write it first. */
  readonly heldBack: string;
  /** Whether the completion may go on over the end of the line. */
  readonly multiline: boolean;
}

export type Filter = (text: string, context: CompletionContext) => string;

/** The rest of the line the cursor stands in. */
export function restOfLine({ suffix }: CompletionContext): string {
  const end = suffix.indexOf("\n");
  return end < 0 ? suffix : suffix.slice(0, end);
}

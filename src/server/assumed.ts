/**
 * Completes a text that is not the document yet: with the item that IntelliSense has selected in its place, or with a
 * suggestion as if it had been accepted.
 */
import type { InlineCompletionItem, InlineCompletionParams, Range } from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { parseAccepted, type AssumedEdit } from "../protocol/completion";
import { aroundPosition } from "./documents";
import type { Surroundings } from "./notebookText";

/** The text to complete, and how what is suggested becomes an item of the answer. */
export interface AssumedText {
  readonly prefix: string;
  readonly suffix: string;
  /** Whether the user did not ask for it: it is prepared for later. */
  readonly isPrepared: boolean;
  /** `text` is what follows the prefix; `replaceAfter` how many units of the suffix it replaces. */
  readonly item: (text: string, replaceAfter?: number) => InlineCompletionItem;
}

/** `around` is what stands before and after the document in its notebook. */
export function assumedText(
  document: TextDocument,
  params: InlineCompletionParams,
  around: Surroundings = { before: "", after: "" },
): AssumedText {
  const accepted = parseAccepted(params);
  const { selectedCompletionInfo: selected } = params.context;
  const { range, text }: AssumedEdit = accepted ?? selected ?? { range: emptyRange(params), text: "" };
  // An item that extends the selected one has to contain it and to replace what it replaces, as LSP says.
  const repeats = accepted === undefined && selected !== undefined;
  return {
    prefix: around.before + aroundPosition(document, range.start).prefix + text.replace(/\r\n?/g, "\n"),
    suffix: aroundPosition(document, range.end).suffix + around.after,
    isPrepared: accepted !== undefined,
    item: (suggested, replaceAfter = 0) => ({
      insertText: repeats ? text + suggested : suggested,
      range: {
        start: repeats ? range.start : range.end,
        end: { line: range.end.line, character: range.end.character + replaceAfter },
      },
    }),
  };
}

function emptyRange({ position }: InlineCompletionParams): Range {
  return { start: position, end: position };
}

/** What the server is asked for a suggestion, and what its items mean at the cursor. Pure; positions as in LSP. */
import type { AssumedEdit, CompletionItem, CompletionParams } from "../../protocol/completion";
import { triggerKind } from "../../protocol/completion";
import type { Candidate } from "./place";

export interface CompletionQuery {
  readonly uri: string;
  /** Of the document; an answer for another version is dropped. */
  readonly version: number;
  readonly explicit: boolean;
  /** The cursor; with a selected item or an accepted suggestion, that in place of what it replaces. */
  readonly base: AssumedEdit;
  /** Where the base comes from. */
  readonly origin: "cursor" | "selectedItem" | "accepted";
  /** How the editor indents; absent for a document without one. */
  readonly formatting?: { readonly tabSize: number; readonly insertSpaces: boolean };
}

export function completionParams({ uri, explicit, base, origin, formatting }: CompletionQuery): CompletionParams {
  const ours = {
    ...(origin === "accepted" ? { accepted: base } : {}),
    ...(formatting === undefined ? {} : { formatting }),
  };
  return {
    textDocument: { uri },
    position: base.range.end,
    context: {
      triggerKind: triggerKind(explicit),
      ...(origin === "selectedItem" ? { selectedCompletionInfo: base } : {}),
    },
    ...(Object.keys(ours).length === 0 ? {} : { llama2: ours }),
  };
}

/** The query for what would follow a candidate. */
export function queryAfter(query: CompletionQuery, { text, replaceAfter }: Candidate): CompletionQuery {
  const { start, end } = query.base.range;
  const range = { start, end: { line: end.line, character: end.character + replaceAfter } };
  return { ...query, explicit: false, origin: "accepted", base: { range, text: query.base.text + text } };
}

/**
 * What the server's items insert after the base. An item that replaces something before it has to repeat that, or it is
 * left out; `lineText` is the text of the line of the cursor.
 */
export function candidatesOf(items: readonly CompletionItem[], query: CompletionQuery, lineText: string): Candidate[] {
  const candidates = items.flatMap((item) => {
    const candidate = candidateOf(item, query, lineText);
    return candidate === undefined || candidate.text === "" ? [] : [candidate];
  });
  return candidates.filter(({ text }, index) => candidates.findIndex((other) => other.text === text) === index);
}

function candidateOf(
  { insertText, range }: CompletionItem,
  { base, origin }: CompletionQuery,
  lineText: string,
): Candidate | undefined {
  if (typeof insertText !== "string") {
    return undefined; // a snippet; the server sends none
  }
  const { start, end } = base.range;
  if (range === undefined) {
    return { text: insertText, replaceAfter: 0 };
  }
  if (range.start.line !== end.line || range.end.line !== end.line || range.end.character < end.character) {
    return undefined;
  }
  const repeatsBase = origin === "selectedItem" && range.start.character === start.character;
  const head = repeatsBase ? base.text : lineText.slice(range.start.character, end.character);
  const replaceAfter = range.end.character - end.character;
  return insertText.startsWith(head) ? { text: insertText.slice(head.length), replaceAfter } : undefined;
}

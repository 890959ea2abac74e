/** Entries that have a name of their own, such as "Selection": found by it, and by an English keyword in every language. Pure. */
import type { Suggestion } from "../../../protocol/chatView";

export interface NamedEntry {
  readonly suggestion: Suggestion;
  /** What one types to get it, e.g. "problems". */
  readonly keyword: string;
}

/** Those of which a word begins with what was typed: they stand before the files, so a chance find would be in the way. */
export function namedEntries(query: string, entries: readonly NamedEntry[]): readonly Suggestion[] {
  const wanted = query.toLowerCase();
  return entries.flatMap(({ suggestion, keyword }) => {
    const label = suggestion.label.toLowerCase();
    const at = wordStarts(label).find((start) => label.startsWith(wanted, start));
    const matches = at === undefined ? [] : Array.from(wanted, (_, index) => at + index);
    const isFound = at !== undefined || wordStarts(keyword).some((start) => keyword.startsWith(wanted, start));
    return isFound ? [{ ...suggestion, matches }] : [];
  });
}

function wordStarts(text: string): readonly number[] {
  return Array.from(text.matchAll(/[\p{L}\p{N}]+/gu), ({ index }) => index);
}

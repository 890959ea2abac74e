/** Entries that have a name of their own, such as "Selection": found by it, and by an English keyword in every language. Pure. */
import type { Suggestion } from "../../../protocol/chatView";
import { bestMatches } from "./fuzzy";

export interface NamedEntry {
  readonly suggestion: Suggestion;
  /** What one types to get it, e.g. "problems". */
  readonly keyword: string;
}

export function namedEntries(query: string, entries: readonly NamedEntry[]): readonly Suggestion[] {
  const found = bestMatches(query, entries, {
    name: ({ suggestion }) => suggestion.label,
    also: ({ keyword }) => keyword,
    limit: entries.length,
  });
  return found.map(({ value, matches }) => ({ ...value.suggestion, matches }));
}

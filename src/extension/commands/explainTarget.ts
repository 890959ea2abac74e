/** Which code "Explain" is about when nothing is selected: the function around the cursor, found among the document's symbols. Pure. */

import type { PlainPosition, PlainRange } from "../codeLabel";

/** A document symbol: of the newer form with children, or of the older flat one with a location. */
export interface PlainSymbol {
  readonly kind: number;
  readonly range?: PlainRange;
  readonly location?: { readonly range: PlainRange };
  readonly children?: readonly PlainSymbol[];
}

/** The smallest range around the position whose symbol is of one of these kinds. */
export function enclosingRange(
  symbols: readonly PlainSymbol[],
  position: PlainPosition,
  kinds: ReadonlySet<number>,
): PlainRange | undefined {
  let best: PlainRange | undefined;
  for (const symbol of symbols) {
    const range = symbol.range ?? symbol.location?.range;
    if (range === undefined || !contains(range, position)) {
      continue;
    }
    const inner = enclosingRange(symbol.children ?? [], position, kinds);
    const found = inner ?? (kinds.has(symbol.kind) ? range : undefined);
    if (found !== undefined && (best === undefined || contains(best, found.start))) {
      best = found;
    }
  }
  return best;
}

function contains({ start, end }: PlainRange, position: PlainPosition): boolean {
  return !isBefore(position, start) && !isBefore(end, position);
}

function isBefore(a: PlainPosition, b: PlainPosition): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}

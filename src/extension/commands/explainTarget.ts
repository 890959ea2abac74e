/** Which code "Explain" is about when nothing is selected: the function around the cursor, found among the document's symbols. Pure. */

export interface PlainPosition {
  readonly line: number;
  readonly character: number;
}

export interface PlainRange {
  readonly start: PlainPosition;
  readonly end: PlainPosition;
}

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

/** File name and lines for people, e.g. "knn.py:3-12". A range that ends at the start of a line does not reach into it. */
export function rangeLabel(fileName: string, range: PlainRange): string {
  const first = range.start.line + 1;
  const endsBeforeLine = range.end.character === 0 && range.end.line > range.start.line;
  const last = range.end.line + (endsBeforeLine ? 0 : 1);
  return first === last ? `${fileName}:${String(first)}` : `${fileName}:${String(first)}-${String(last)}`;
}

function contains({ start, end }: PlainRange, position: PlainPosition): boolean {
  return !isBefore(position, start) && !isBefore(end, position);
}

function isBefore(a: PlainPosition, b: PlainPosition): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}

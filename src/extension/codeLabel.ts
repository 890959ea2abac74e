/** What a piece of code is called where people see it: the name of its file and its lines. Pure. */

export interface PlainPosition {
  readonly line: number;
  readonly character: number;
}

export interface PlainRange {
  readonly start: PlainPosition;
  readonly end: PlainPosition;
}

/** File name and lines for people, e.g. "knn.py:3-12". A range that ends at the start of a line does not reach into it. */
export function rangeLabel(fileName: string, range: PlainRange): string {
  const first = range.start.line + 1;
  const endsBeforeLine = range.end.character === 0 && range.end.line > range.start.line;
  const last = range.end.line + (endsBeforeLine ? 0 : 1);
  return first === last ? `${fileName}:${String(first)}` : `${fileName}:${String(first)}-${String(last)}`;
}

/** Where a piece of text stands in another, as a range of lines and characters. Pure. */
import type { PlainPosition, PlainRange } from "../../codeLabel";

/** The only place; `undefined` where there is none, or several: then it is not known which one is meant. */
export function placeOf(piece: string, text: string): PlainRange | undefined {
  const at = piece.trim() === "" ? -1 : text.indexOf(piece);
  return at === -1 || text.includes(piece, at + 1)
    ? undefined
    : { start: positionAt(text, at), end: positionAt(text, at + piece.length) };
}

function positionAt(text: string, offset: number): PlainPosition {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

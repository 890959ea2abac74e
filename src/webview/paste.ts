/**
 * Several lines that are pasted into the message box may be code of a document: the extension is asked, and where it knows
 * the code, its chip takes the place of the text. Until then, and for any other text, a paste is an ordinary paste.
 */
import type { Replaced } from "./suggest/trigger";

/** Shorter texts are words rather than code. */
const MIN_CHARACTERS = 20;

export interface Paste {
  /** Where it stands in the box. */
  readonly start: number;
  readonly text: string;
}

/** What a paste at this place is to be asked for, if anything. As in a box of text, lines end with line feeds. */
export function pasteToAsk(clipboard: string, start: number): Paste | undefined {
  const text = clipboard.replace(/\r\n?/g, "\n");
  return text.length >= MIN_CHARACTERS && text.trim().includes("\n") ? { start, text } : undefined;
}

/** The box without the paste; `undefined` where the user has changed it since. */
export function withoutPaste(box: string, { start, text }: Paste): Replaced | undefined {
  return box.slice(start, start + text.length) === text
    ? { text: box.slice(0, start) + box.slice(start + text.length), cursor: start }
    : undefined;
}

/** Where the user edited lately: a ring of pieces of code, taken when the user moves on to another place. */
import type { TextDocument } from "vscode-languageserver-textdocument";
import { isInRegion } from "./region";
import { similarity, wordsOf } from "./similarity";

export interface Chunk {
  readonly uri: string;
  readonly text: string;
}

/** Lines kept before and after the last edit of a place. */
const LINES_AROUND = 15;
const MAX_CHUNKS = 16;
/** Less says nothing about a project. */
const MIN_WORDS = 3;
const NEAR_DUPLICATE = 0.9;

export class RecentEdits {
  private readonly ring: Chunk[] = [];
  private current: { readonly document: TextDocument; readonly line: number } | undefined;

  /** Oldest first; the place that is edited now is not among them. */
  get chunks(): readonly Chunk[] {
    return this.ring;
  }

  /** Takes every edit, with the document as it is afterwards. */
  edited(document: TextDocument, line: number): void {
    const { current } = this;
    if (current !== undefined && !isInRegion({ uri: current.document.uri, line: current.line }, document.uri, line)) {
      this.keep({ uri: current.document.uri, text: linesAround(current.document, current.line) });
    }
    this.current = { document, line };
  }

  /** The newer of two pieces that are nearly the same stays. */
  private keep(chunk: Chunk): void {
    const words = wordsOf(chunk.text);
    if (words.size < MIN_WORDS) {
      return;
    }
    const others = this.ring.filter(({ text }) => similarity(wordsOf(text), words) < NEAR_DUPLICATE);
    this.ring.splice(0, this.ring.length, ...others.slice(1 - MAX_CHUNKS), chunk);
  }
}

/** With LF line ends, without blank lines at both ends. */
export function linesAround(document: TextDocument, line: number): string {
  const lines = document.getText().split(/\r\n?|\n/);
  const start = Math.max(0, line - LINES_AROUND);
  return lines
    .slice(start, line + LINES_AROUND + 1)
    .join("\n")
    .replace(/^(?:[ \t]*\n)+|\s+$/g, "");
}

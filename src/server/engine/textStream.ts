/**
 * Turns generated tokens into text while they arrive. A character whose bytes come in several tokens is held back until
 * it is whole, and the space a token begins with is kept, also in front of the first one.
 */

/** A character of UTF-8 has at most four bytes, each possibly a token; what stays undecodable after more is let through. */
const MAX_HELD_TOKENS = 8;
const UNDECODABLE = "\uFFFD";

export class TextStream {
  private held: number[] = [];

  /** `decode` gives the text of tokens that continue other text, with U+FFFD for bytes that are no whole character. */
  constructor(private readonly decode: (tokens: readonly number[]) => string) {}

  /** The text that has become whole with this token; often a word, "" while a character is incomplete. */
  push(token: number): string {
    this.held.push(token);
    const text = this.decode(this.held);
    if (text.endsWith(UNDECODABLE) && this.held.length < MAX_HELD_TOKENS) {
      return "";
    }
    this.held = [];
    return text;
  }

  /** What is still held at the end; the pieces of an unfinished character are dropped. */
  end(): string {
    const text = this.held.length === 0 ? "" : this.decode(this.held);
    this.held = [];
    return text.endsWith(UNDECODABLE) ? text.slice(0, text.indexOf(UNDECODABLE)) : text;
  }
}

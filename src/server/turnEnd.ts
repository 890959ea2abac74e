/**
 * Ends an answer where the model begins to write the next turn itself: at a role marker of its template at the start of a
 * line. What could be the beginning of one is held back until it is known.
 */
export class TurnEnd {
  private text = "";
  private given = 0;
  private end: number | undefined;

  /** `markers` are the texts that begin a turn; with none everything passes at once. */
  constructor(private readonly markers: readonly string[]) {}

  /** Takes the next piece; answers what can be shown now. */
  push(piece: string): string {
    this.text += piece;
    this.end ??= this.markerStart();
    return this.give(this.end ?? this.text.length - this.heldBack());
  }

  /** Whether the model has begun the next turn: generating can stop. */
  get hasEnded(): boolean {
    return this.end !== undefined;
  }

  /** What is still held back when the answer ends: it was no marker. */
  finish(): string {
    return this.give(this.end ?? this.text.length);
  }

  /** The answer so far, without what belongs to the next turn. */
  get answer(): string {
    return this.text.slice(0, this.end);
  }

  private give(upTo: number): string {
    const piece = this.text.slice(this.given, upTo);
    this.given = Math.max(this.given, upTo);
    return piece;
  }

  private markerStart(): number | undefined {
    const starts = this.markers
      .map((marker) => startOfLine(this.text, marker, this.given))
      .filter((start) => start !== undefined);
    return starts.length === 0 ? undefined : Math.min(...starts);
  }

  /** How much of the end could become a marker: a line so far that is the beginning of one. */
  private heldBack(): number {
    const line = /(?:^|\n)([^\S\n]*)([^\n]*)$/u.exec(this.text);
    const [, indent = "", words = ""] = line ?? [];
    return this.markers.some((marker) => words !== "" && marker.startsWith(words)) ? indent.length + words.length : 0;
  }
}

/** Where a line begins with the marker, its indentation included; looked for from the line that holds `from` on. */
function startOfLine(text: string, marker: string, from: number): number | undefined {
  for (let at = text.indexOf(marker, Math.max(0, from - marker.length)); at >= 0; at = text.indexOf(marker, at + 1)) {
    const line = text.lastIndexOf("\n", at - 1) + 1;
    if (text.slice(line, at).trim() === "") {
      return line;
    }
  }
  return undefined;
}

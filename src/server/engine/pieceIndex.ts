/** Finds the tokens of a vocabulary by the text that they begin with. */

export class PieceIndex {
  private readonly sorted: readonly (readonly [text: string, id: number])[];
  private readonly textById: ReadonlyMap<number, string>;

  /** Takes every ordinary token with its text. */
  constructor(pieces: readonly (readonly [text: string, id: number])[]) {
    this.sorted = pieces.filter(([text]) => text !== "").sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    this.textById = new Map(pieces.map(([text, id]) => [id, text]));
  }

  textOf(id: number): string {
    return this.textById.get(id) ?? "";
  }

  /**
   * The tokens an answer that begins with this text can begin with: those that begin with it, and of white space, which
   * is written in pieces, also those that are the start of it.
   */
  startsOf(text: string): number[] {
    const ids: number[] = [];
    for (let index = this.lowerBound(text); this.sorted[index]?.[0].startsWith(text) === true; index++) {
      ids.push(this.sorted[index]?.[1] ?? 0);
    }
    return text.trim() === "" ? [...ids, ...this.partsOf(text)] : ids;
  }

  private partsOf(text: string): number[] {
    return Array.from({ length: Math.max(0, text.length - 1) }, (_, index) => text.slice(0, index + 1)).flatMap(
      (part) => {
        const entry = this.sorted[this.lowerBound(part)];
        return entry?.[0] === part ? [entry[1]] : [];
      },
    );
  }

  private lowerBound(text: string): number {
    let low = 0;
    let high = this.sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.sorted[middle]?.[0] ?? "") < text) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

/** How alike two pieces of code are, by the words they use. */

/** The words of a text that say something: names and keywords of at least three letters. */
export function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.match(/[\p{L}_$][\p{L}\p{N}_$]{2,}/gu) ?? []);
}

/** Jaccard similarity: what two sets share, of all they have. 0 to 1; empty sets are unlike everything. */
export function similarity(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const word of small) {
    shared += large.has(word) ? 1 : 0;
  }
  return shared === 0 ? 0 : shared / (a.size + b.size - shared);
}

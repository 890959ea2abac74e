/** How likely two units are versions of each other: 1 for equal ones, 0 for those that have nothing to do with each other. */
import type { UnitFacts } from "./facts";
import { jumpWord, type Name } from "./names";

/** Below it two units are different things. */
export const SIMILAR = 0.5;

export function similarity(a: UnitFacts, b: UnitFacts): number {
  if (a.head === b.head && a.body.length === 0 && b.body.length === 0) {
    return 1;
  }
  if (a.name !== undefined && b.name !== undefined) {
    return ofNamed(a, a.name, b, b.name);
  }
  if (a.name !== undefined || b.name !== undefined) {
    return 0;
  }
  return a.body.length > 0 || b.body.length > 0 ? ofBlocks(a, b) : ofStatements(a, b);
}

/** `if`, `try`, a tag: little can be said of their first line alone. */
function ofBlocks(a: UnitFacts, b: UnitFacts): number {
  const heads = shareOfWords(a.words, b.words);
  if (a.body.length === 0 || b.body.length === 0) {
    const like = a.isElided || b.isElided ? heads : 0.6 * heads;
    return a.head === b.head ? 0.9 : like;
  }
  const share = a.words.size > 1 ? 0.5 : 0.3;
  const sure = a.head === b.head && a.words.size > 1 ? 0.8 : 0;
  return Math.max(sure, share * heads + (1 - share) * shareOfLines(a.body, b.body));
}

function ofStatements(a: UnitFacts, b: UnitFacts): number {
  const heads = shareOfWords(a.words, b.words);
  const word = jumpWord(a.head);
  const sameJump = word !== undefined && word === jumpWord(b.head) ? SIMILAR : 0;
  return Math.max(sameJump, heads >= 0.6 ? 0.95 * heads : 0);
}

/** Names decide; but one thing under two names is still one thing. */
function ofNamed(a: UnitFacts, aName: Name, b: UnitFacts, bName: Name): number {
  const sameKind = aName.kind === bName.kind;
  if (aName.text !== bName.text) {
    return sameKind && aName.kind !== "import" ? ofRenamed(a, b) : 0;
  }
  const heads = shareOfWords(a.words, b.words);
  if (aName.kind === "import") {
    return sameKind ? 0.7 + 0.25 * heads : 0;
  }
  const bodies = a.body.length === 0 && b.body.length === 0 ? 1 : shareOfLines(a.body, b.body);
  return 0.6 + (sameKind ? 0.1 : 0) + 0.2 * heads + 0.09 * bodies;
}

function ofRenamed(a: UnitFacts, b: UnitFacts): number {
  const [longer, shorter] = a.body.length > b.body.length ? [a.body, b.body] : [b.body, a.body];
  const isComparable = shorter.length >= 3 && longer.length <= 2 * shorter.length;
  return isComparable && shareOfLines(longer, shorter) >= 0.75 ? SIMILAR : 0;
}

/** Dice's coefficient. */
function shareOfWords(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0;
  for (const word of a) {
    common += b.has(word) ? 1 : 0;
  }
  return a.size + b.size === 0 ? 0 : (2 * common) / (a.size + b.size);
}

/** How much of the one that has fewer lines is in the other: a body may be elided. */
function shareOfLines(a: readonly string[], b: readonly string[]): number {
  const [longer, shorter] = a.length > b.length ? [new Set(a), b] : [new Set(b), a];
  return shorter.length === 0 ? 0 : shorter.filter((line) => longer.has(line)).length / shorter.length;
}

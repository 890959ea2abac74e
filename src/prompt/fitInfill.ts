/** Makes a completion prompt fit its budget: keeps the code nearest to the cursor. */

export interface InfillTexts {
  readonly prefix: string;
  readonly suffix: string;
}

export interface InfillBudget extends InfillTexts {
  /** Tokens for both texts together. */
  readonly budgetTokens: number;
  /** Tokens of a text when it stands at that place. Asked a few times, and only for texts of about the budget's size. */
  readonly count: (text: string, place: "prefix" | "suffix") => number;
}

/** The prefix is worth more than the suffix; what one of them does not need goes to the other. */
const PREFIX_SHARE = 3 / 4;
/** First guess for code; Llama 2's vocabulary needs a token for two to four characters. */
const CHARACTERS_PER_TOKEN = 3;
/** No more characters than this for each token are looked at, so that even a file of spaces is counted in pieces. */
const MAX_CHARACTERS_PER_TOKEN = 8;
/** Cuts lie on a grid of this part of a side's share. */
const GRID_SHARE = 1 / 8;
const FINEST_GRID = 16;

/**
 * The end of the prefix and the start of the suffix that fit the budget together. Cuts are at line boundaries (within a
 * line only where it is long), and on a coarse grid counted from the far ends of the file: so they stay where they are
 * while the user types, and the prompt before the cursor stays in the KV cache.
 */
export function fitInfill({ prefix, suffix, budgetTokens, count }: InfillBudget): InfillTexts {
  const prefixShare = Math.floor(budgetTokens * PREFIX_SHARE);
  const suffixShare = budgetTokens - prefixShare;
  const before: Side = {
    length: prefix.length,
    step: gridFor(prefixShare),
    without: (far, step) => prefix.slice(cutAtLineStart(prefix, far, step)),
    count: (text) => count(text, "prefix"),
  };
  const after: Side = {
    length: suffix.length,
    step: gridFor(suffixShare),
    without: (far, step) => suffix.slice(0, cutAtLineEnd(suffix, far, step)),
    count: (text) => count(text, "suffix"),
  };
  const fittedAfter = fitSide(after, suffixShare);
  const fittedBefore = fitSide(before, budgetTokens - fittedAfter.tokens);
  // In steps as well: a prefix that grows by a token must not cost the suffix a line at once.
  const unused = roundDown(budgetTokens - fittedBefore.tokens, Math.ceil(budgetTokens * GRID_SHARE));
  const isCut = fittedAfter.text.length < suffix.length;
  const widerAfter = isCut && unused > suffixShare ? fitSide(after, unused) : fittedAfter;
  return { prefix: fittedBefore.text, suffix: widerAfter.text };
}

function gridFor(tokens: number): number {
  return Math.max(FINEST_GRID, Math.floor(tokens * CHARACTERS_PER_TOKEN * GRID_SHARE));
}

function roundDown(value: number, step: number): number {
  return step === 0 ? value : Math.floor(value / step) * step;
}

/** One of the two texts. */
interface Side {
  readonly length: number;
  /** Characters between two places where it may be cut. */
  readonly step: number;
  /** What is left without about so many characters at the far end; a line boundary is looked for within a step. */
  readonly without: (farCharacters: number, step: number) => string;
  readonly count: (text: string) => number;
}

interface Fitted {
  readonly text: string;
  readonly tokens: number;
}

/** The longest text that fits, of those on the grid; on a finer grid where a text takes so many tokens that none fits. */
function fitSide(side: Side, tokens: number): Fitted {
  const fitted = longestFitting(side, tokens);
  return fitted.text === "" && side.step > FINEST_GRID
    ? fitSide({ ...side, step: Math.max(FINEST_GRID, Math.floor(side.step / 8)) }, tokens)
    : fitted;
}

/** Searches the fewest steps to cut off, guessing from the characters per token seen so far, then halving. */
function longestFitting({ length, step, without, count }: Side, tokens: number): Fitted {
  const stepsToKeep = (characters: number): number => Math.max(0, Math.ceil((length - characters) / step));
  let low = stepsToKeep(tokens * MAX_CHARACTERS_PER_TOKEN);
  let high = stepsToKeep(0);
  let best: Fitted = { text: "", tokens: 0 };
  let charactersPerToken = CHARACTERS_PER_TOKEN;
  for (let guesses = 0; low < high; guesses++) {
    const guess = guesses < 3 ? stepsToKeep(tokens * charactersPerToken) : Math.floor((low + high) / 2);
    const steps = Math.min(high - 1, Math.max(low, guess));
    const text = without(steps * step, step);
    const needed = count(text);
    if (needed <= tokens) {
      best = { text, tokens: needed };
      high = steps;
    } else {
      low = steps + 1;
    }
    charactersPerToken = text.length / Math.max(1, needed);
  }
  return best;
}

/** The first line start at or after an offset; the offset itself where none is near. */
function cutAtLineStart(text: string, offset: number, step: number): number {
  if (offset === 0) {
    return 0;
  }
  const lineEnd = text.slice(offset - 1, offset + step).indexOf("\n");
  const cut = lineEnd < 0 || offset + lineEnd >= text.length ? offset : offset + lineEnd;
  return isInsidePair(text, cut) ? cut + 1 : cut;
}

/** The last line end at most so far from the end that `dropped` characters go; that very place where none is near. */
function cutAtLineEnd(text: string, dropped: number, step: number): number {
  if (dropped === 0) {
    return text.length;
  }
  const offset = text.length - dropped;
  const start = Math.max(0, offset - step);
  const lineEnd = text.slice(start, offset).lastIndexOf("\n");
  const cut = lineEnd < 0 ? offset : start + lineEnd + 1;
  return isInsidePair(text, cut) ? cut - 1 : cut;
}

/** Whether a cut would part the two halves of a UTF-16 surrogate pair. */
function isInsidePair(text: string, cut: number): boolean {
  return cut > 0 && cut < text.length && (text.codePointAt(cut - 1) ?? 0) > 0xffff;
}

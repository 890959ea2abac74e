/**
 * Finds text that goes round in circles, by the prefix function of Knuth, Morris and Pratt. The limits for words are those of
 * Copilot (microsoft/vscode-copilot-chat, anomaly detection: `isRepetitive`).
 */

/** If the last `considered` words repeat a piece of at most `longest` words, the model is stuck. */
const LIMITS = [
  { longest: 1, considered: 10 },
  { longest: 10, considered: 30 },
  { longest: 20, considered: 45 },
  { longest: 30, considered: 60 },
] as const;

/** Whether a list of words ends in a repetition; words of white space do not count where the rest repeats. */
export function isRepetitive(words: readonly string[]): boolean {
  return endsInCircle(words) || endsInCircle(words.filter((word) => word.trim() !== ""));
}

/**
 * The shortest period of the end of a list: the length of the piece, and how often it stands there in a row. Undefined where
 * nothing stands there twice.
 */
export function tailPeriod(items: readonly string[]): { readonly length: number; readonly times: number } | undefined {
  const borders = prefixFunction([...items].reverse());
  let best: { length: number; times: number } | undefined;
  borders.forEach((border, index) => {
    const length = index + 1 - border;
    const times = Math.floor((index + 1) / length);
    if (times >= 2 && (best === undefined || length <= best.length)) {
      best = { length, times };
    }
  });
  return best;
}

function endsInCircle(words: readonly string[]): boolean {
  const backwards = [...words].reverse();
  const borders = prefixFunction(backwards);
  return LIMITS.some(({ longest, considered }) => {
    if (words.length < considered) {
      return false;
    }
    const period = considered - (borders[considered - 1] ?? 0);
    return period <= longest && backwards.slice(0, period).some((word) => /[\p{L}\p{N}]/u.test(word));
  });
}

/** For each item the length of the longest border (a proper prefix that is a suffix too) of the list up to it. */
function prefixFunction(items: readonly string[]): number[] {
  const borders: number[] = [];
  let border = 0;
  items.forEach((item, index) => {
    while (border > 0 && items[border] !== item) {
      border = borders[border - 1] ?? 0;
    }
    if (index > 0 && items[border] === item) {
      border++;
    }
    borders.push(border);
  });
  return borders;
}

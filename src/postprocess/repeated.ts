/**
 * Drops what the model wrote over and over at the end of its answer: words in the last line (Copilot: KMP on tokens, Tabby
 * `removeLineEndsWithRepetition`), lines and blocks (Tabby `removeRepetitiveLines`, `removeRepetitiveBlocks`, Continue
 * `stopAtRepeatingLines`).
 */
import { editDistance } from "../base/editDistance";
import { isBlank, type Filter } from "./filter";
import { isKeyed, isProse } from "./languages";
import { isRepetitive, tailPeriod } from "./repetition";

/** A piece so often in a row, over so many characters, is no code. */
const MIN_TIMES = 5;
const MIN_CHARACTERS = 36;
/** Lines or blocks of lines so often in a row keep their first. */
const MIN_LINE_TIMES = 3;
const MAX_BLOCK_DISTANCE = 0.1;
/** Lines that differ in one character from the one before, so often in a row: `const b = 1;`, `const c = 1;`... */
const MIN_SERIES = 6;

export const dropRepeatedLines: Filter = {
  name: "repeatedLines",
  apply: (text, { languageId }) => {
    const lines = text.trimEnd().split("\n");
    const whole = tailLength(lines, isKeyed(languageId) ? 2 : MIN_LINE_TIMES);
    if (whole > 0) {
      return lines.slice(0, lines.length - whole).join("\n");
    }
    // The last line may have been cut by the token limit.
    const cut = tailLength(lines.slice(0, -1), MIN_LINE_TIMES);
    return cut > 0 ? lines.slice(0, lines.length - 1 - cut).join("\n") : text;
  },
};

export const dropLineSeries: Filter = {
  name: "lineSeries",
  apply: (text, { languageId }) => {
    const lines = text.trimEnd().split("\n");
    const full = lines.slice(0, -1);
    let start = full.length - 1;
    while (start > 0 && editDistance(full[start - 1] ?? "", full[start] ?? "", 1) <= 1 && hasWords(full[start] ?? "")) {
      start--;
    }
    return !isProse(languageId) && full.length - start >= MIN_SERIES ? full.slice(0, start + 1).join("\n") : text;
  },
};

/** Blocks between blank lines that are nearly the same, Tabby's limits: the model changes a name and goes on. */
export const dropBlockSeries: Filter = {
  name: "blockSeries",
  apply: (text, { languageId }) => {
    const blocks = text.trimEnd().split(/\n[ \t]*\n/);
    const isLike = (a = "", b = ""): boolean => {
      const limit = Math.floor(MAX_BLOCK_DISTANCE * Math.max(a.length, b.length));
      return b.includes("\n") && editDistance(a, b, limit) <= limit;
    };
    // The last one may have been cut by the token limit.
    let start = blocks.length - (isLike(blocks.at(-2), blocks.at(-1)) ? 1 : 2);
    const end = start;
    while (start > 0 && isLike(blocks[start - 1], blocks[start])) {
      start--;
    }
    return !isProse(languageId) && end - start + 1 >= MIN_LINE_TIMES ? blocks.slice(0, start + 1).join("\n\n") : text;
  },
};

export const dropRepeatedWords: Filter = {
  name: "repeatedWords",
  apply: (text) => {
    const answer = text.trimEnd();
    const start = answer.lastIndexOf("\n") + 1;
    return goesInCircles(answer.slice(start)) ? answer.slice(0, Math.max(0, start - 1)) : text;
  },
};

/** How many lines at the end are repetitions of lines before them. */
function tailLength(lines: readonly string[], minTimes: number): number {
  const period = tailPeriod(lines.map((line) => line.trim()));
  if (period === undefined || period.times < (period.length === 1 ? minTimes : MIN_LINE_TIMES)) {
    return 0;
  }
  const piece = lines.slice(lines.length - period.length);
  return piece.some((line) => hasWords(line)) ? period.length * (period.times - 1) : 0;
}

function goesInCircles(line: string): boolean {
  const words = line.match(/\s+|[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu) ?? [];
  const period = tailPeriod(Array.from(line));
  const piece = line.slice(line.length - (period?.length ?? 0));
  const isLong = period !== undefined && period.times >= MIN_TIMES && period.times * period.length >= MIN_CHARACTERS;
  return (isLong && hasWords(piece)) || isRepetitive(words);
}

function hasWords(text: string): boolean {
  return !isBlank(text) && /[\p{L}\p{N}]/u.test(text);
}

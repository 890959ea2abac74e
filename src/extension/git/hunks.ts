/** Makes hunks smaller: less around the changes, the most telling ones only, and of a long one its beginning. Pure. */
import type { Hunk } from "./diff";

/** What a line costs, its line end included. */
export type LineCost = (line: string) => number;

const DEFINITION =
  /^[+-]\s*(export |public |private |protected |static |async |pub |abstract |final )*(function|class|interface|type|enum|struct|impl|trait|def|fn|func|module|namespace|const|describe|suite|test|it)\b/;
const IMPORT = /^[+-]\s*(import |from .* import|#include|using |use |require|package )/;
const COMMENT = /^[+-]\s*(\/\/|#(?!include)|\*|\/\*|--|<!--)/;

/** How much a hunk tells about what was changed, to compare it with others. */
function tellingScore({ lines }: Hunk): number {
  let score = 0;
  for (const line of lines) {
    if (isChange(line)) {
      score += line.slice(1).trim() === "" ? 0 : IMPORT.test(line) ? 0.2 : COMMENT.test(line) ? 0.5 : 1;
      score += DEFINITION.test(line) ? 4 : 0;
    }
  }
  return score;
}

/** The hunk with at most so many unchanged lines before and after each change. */
export function withContext(hunk: Hunk, contextLines: number): Hunk {
  const keep = new Set<number>();
  hunk.lines.forEach((line, index) => {
    if (isChange(line)) {
      for (let near = index - contextLines; near <= index + contextLines; near++) {
        keep.add(near);
      }
    }
  });
  return { header: hunk.header, lines: hunk.lines.filter((_, index) => keep.has(index)) };
}

/** The lines of a file's hunks that fit the budget, with a word about what was left out of them. */
export function fitHunks(hunks: readonly Hunk[], budget: number, cost: LineCost): string[] {
  for (const variant of [hunks, hunks.map((hunk) => withContext(hunk, 1)), hunks.map((hunk) => withContext(hunk, 0))]) {
    const lines = variant.flatMap(linesOf);
    if (costOf(lines, cost) <= budget) {
      return lines;
    }
  }
  return mostTelling(hunks, budget, cost);
}

export function linesOf({ header, lines }: Hunk): string[] {
  return [header, ...lines];
}

export function costOf(lines: readonly string[], cost: LineCost): number {
  return lines.reduce((sum, line) => sum + cost(line), 0);
}

function mostTelling(hunks: readonly Hunk[], budget: number, cost: LineCost): string[] {
  const note = (count: number): string => `[${String(count)} more ${count === 1 ? "hunk" : "hunks"}]`;
  let left = budget - cost(note(hunks.length));
  const small = hunks.map((hunk) => withContext(hunk, 0));
  const ranked = small
    .map((hunk, index) => ({ hunk, index, score: tellingScore(hunk) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.index - b.index);
  const chosen = new Map<number, readonly string[]>();
  for (const { hunk, index } of ranked) {
    const lines = beginning(hunk, left, cost);
    if (lines.length > 0) {
      chosen.set(index, lines);
      left -= costOf(lines, cost);
    }
  }
  const shown = [...chosen].sort(([a], [b]) => a - b).flatMap(([, lines]) => lines);
  const missing = hunks.length - chosen.size;
  return missing === 0 || left < 0 ? shown : [...shown, note(missing)];
}

/** The whole hunk, or its first lines; nothing where not even two of them fit. */
function beginning(hunk: Hunk, budget: number, cost: LineCost): string[] {
  const whole = linesOf(hunk);
  if (costOf(whole, cost) <= budget) {
    return whole;
  }
  const note = `[${String(hunk.lines.length)} lines in all]`;
  const lines: string[] = [];
  let left = budget - cost(note);
  for (const line of whole) {
    left -= cost(line);
    if (left < 0) {
      break;
    }
    lines.push(line);
  }
  return lines.length < 2 ? [] : [...lines, note];
}

function isChange(line: string): boolean {
  return line.startsWith("+") || line.startsWith("-");
}

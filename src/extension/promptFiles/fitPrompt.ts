/**
 * Writes a prompt so that it fits the model's window. What can be long and is part of the prompt's text, a diff or a file,
 * is made shorter; attachments are the inference process's to shorten.
 */
import { estimateTokens } from "../../base/estimateTokens";
import { parseDiff } from "../git/diff";
import { shortenDiff } from "../git/shortenDiff";
import type { BodyPart } from "./body";
import { expandPrompt, usedVariables } from "./expand";
import type { VariableValues } from "./variables";

export interface FitOptions {
  /** Tokens that the prompt may have, where only an estimate counts them. */
  readonly roomTokens: number;
  /** By how many tokens the prompt is too long for the model; 0 or less where it fits, undefined while no model is in memory. */
  readonly excess: (prompt: string) => Promise<number | undefined>;
  /** Files of which nothing but their name may be shown in a diff. */
  readonly hides: (path: string) => boolean;
  /** The line of the file, counted from 0, around which it is cut. */
  readonly focusLine: number;
}

export interface FittedPrompt {
  readonly text: string;
  /** As they stand in the text. */
  readonly values: VariableValues;
  readonly shortened: boolean;
}

const MAX_ATTEMPTS = 5;

/** Where even the shortest is too long it is given as it is: the model's answer then says what to do. */
export async function fitPrompt(
  body: readonly BodyPart[],
  values: VariableValues,
  options: FitOptions,
): Promise<FittedPrompt> {
  const used = usedVariables(body);
  const long = (["diff", "file"] as const).filter((name) => used.has(name) && values[name] !== undefined);
  const rest = estimateTokens(expandPrompt(body, { ...values, diff: "", file: "" }));
  let budget = options.roomTokens - rest;
  for (let attempt = 1; ; attempt++) {
    const share = Math.max(0, budget / long.length);
    const fitted = fitValues(values, share, options);
    const text = expandPrompt(body, fitted.values);
    const excess = long.length === 0 ? 0 : await options.excess(text);
    if (excess === undefined || excess <= 0 || attempt === MAX_ATTEMPTS) {
      return { text, ...fitted };
    }
    budget = Math.max(budget / 2, budget - excess * 1.2 - 8); // text can be denser than estimated, but not by so much
  }
}

function fitValues(
  values: VariableValues,
  budget: number,
  { hides, focusLine }: FitOptions,
): { values: VariableValues; shortened: boolean } {
  const diff = values.diff === undefined ? undefined : shortenDiff(parseDiff(values.diff), budget, lineTokens, hides);
  const file = values.file === undefined ? undefined : cutAround(values.file, focusLine, budget);
  return {
    values: {
      ...values,
      ...(diff === undefined ? {} : { diff: diff.text }),
      ...(file === undefined ? {} : { file: file.text }),
    },
    shortened: (diff?.shortened ?? false) || (file?.shortened ?? false),
  };
}

function lineTokens(line: string): number {
  return estimateTokens(line) + 1;
}

/** As many lines around one as the budget has room for, with notes of what is missing before and after. */
export function cutAround(text: string, line: number, budget: number): { text: string; shortened: boolean } {
  const lines = text.split(/\r?\n/);
  const costs = lines.map(lineTokens);
  if (costs.reduce((sum, cost) => sum + cost, 0) <= budget) {
    return { text: lines.join("\n"), shortened: false };
  }
  let first = Math.min(Math.max(line, 0), lines.length - 1);
  let end = first; // not included
  let left = budget - 2 * lineTokens(leftOut(lines.length));
  for (let grew = true; grew;) {
    grew = false;
    for (const index of [end, first - 1]) {
      const cost = costs[index];
      if (cost !== undefined && cost <= left) {
        left -= cost;
        grew = true;
        first = Math.min(first, index);
        end = Math.max(end, index + 1);
      }
    }
  }
  const before = first > 0 ? [leftOut(first)] : [];
  const after = end < lines.length ? [leftOut(lines.length - end)] : [];
  return { text: [...before, ...lines.slice(first, end), ...after].join("\n"), shortened: true };
}

function leftOut(count: number): string {
  return `[${String(count)} lines left out]`;
}

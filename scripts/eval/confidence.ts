/**
 * How well the probability that a model gives a line tells whether the line is right: what would be shown, right and wrong, at
 * each limit, and what is shown under each choice of `llama2.completion.eagerness`. On single-line HumanEval-Infilling, at
 * three places of each line: before it, and after a third and two thirds of its code.
 */
import { EAGERNESS_CHOICES } from "../../src/protocol/completionSettings";
import { CERTAINTY_LIMITS } from "../../src/server/certainty";
import { loadCompletionModel, type CompletionModel } from "./completionModel";
import { placeIn, readProblems, type Problem } from "./problems";

const LIMITS = [0, 0.001, 0.003, 0.01, 0.02, 0.03, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7];

/** Enough for a line. */
const MAX_TOKENS = 64;

interface Tried {
  readonly probability: number;
  /** Whether the first line shown is the rest of the line that is missing. */
  readonly right: boolean;
}

/** What is shown under a choice of the setting. */
interface Tally {
  shown: number;
  right: number;
  /** Right as far as it goes: a part of a line. */
  rightPart: number;
}

/** Writes tables in Markdown to stdout. */
export async function evalConfidence(args: readonly string[]): Promise<number> {
  const problems = await readProblems(args);
  const model = await loadCompletionModel(args);
  const tallies = EAGERNESS_CHOICES.map(() => ({ shown: 0, right: 0, rightPart: 0 }));
  const tried: Tried[] = [];
  let places = 0;
  try {
    for (const problem of problems) {
      for (const length of cutsOf(problem)) {
        places++;
        tried.push(...(await tryAt(problem, length, model, tallies)));
      }
    }
  } finally {
    await model.dispose();
  }
  process.stdout.write(`${String(places)} places\n\n${curveOf(tried)}\n${settingsTable(tallies)}`);
  return 0;
}

/** How many characters of the line stand before the cursor. */
function cutsOf({ solution }: Problem): number[] {
  const line = solution.trimEnd();
  const indent = line.search(/\S/);
  const code = line.length - indent;
  return [0, ...[1 / 3, 2 / 3].map((share) => indent + Math.floor(code * share)).filter((cut) => cut > indent)];
}

async function tryAt(problem: Problem, cut: number, model: CompletionModel, tallies: Tally[]): Promise<Tried[]> {
  const line = problem.solution.trimEnd();
  const rest = line.slice(cut);
  const place = placeIn(problem, problem.prompt + line.slice(0, cut), "\n");
  const tried: Tried[] = [];
  for (const [index, eagerness] of EAGERNESS_CHOICES.entries()) {
    const { text, probability } = await model.complete(place, { eagerness, maxTokens: MAX_TOKENS });
    const [first = ""] = text.split("\n", 1);
    const right = first.trimEnd() === rest;
    const tally = tallies[index];
    if (tally !== undefined && text !== "") {
      tally.shown++;
      tally.right += right ? 1 : 0;
      tally.rightPart += !right && text === first && rest.startsWith(first) ? 1 : 0;
    }
    if (eagerness === "eager" && text !== "" && probability !== undefined) {
      tried.push({ probability, right });
    }
  }
  return tried;
}

function curveOf(tried: readonly Tried[]): string {
  const rows = LIMITS.map((limit) => {
    const shown = tried.filter(({ probability }) => probability >= limit);
    const right = shown.filter((one) => one.right).length;
    return [String(limit), shown.length, right, shown.length - right, percent(right, shown.length)];
  });
  return tableOf(["probability at least", "shown", "and right", "and wrong", "right"], rows);
}

function settingsTable(tallies: readonly Tally[]): string {
  const rows = EAGERNESS_CHOICES.map((eagerness, index) => {
    const { shown, right, rightPart } = tallies[index] ?? { shown: 0, right: 0, rightPart: 0 };
    const { line, part } = CERTAINTY_LIMITS[eagerness];
    const wrong = shown - right - rightPart;
    return [`${eagerness} (${String(line)}, part ${String(part)})`, shown, right, rightPart, wrong];
  });
  return tableOf(["eagerness", "shown", "whole line right", "right as far as it goes", "wrong"], rows);
}

function tableOf(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |\n`;
  return line(head) + line(head.map((_, index) => (index === 0 ? "---" : "--:"))) + rows.map(line).join("");
}

function percent(part: number, whole: number): string {
  return `${String(Math.round((100 * part) / Math.max(1, whole)))} %`;
}

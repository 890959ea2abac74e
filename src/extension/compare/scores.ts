/** What a model's answers are worth, beside the code that really stood there. Pure. */
import type { EvaluationAnswer, EvaluationResult } from "../../protocol/evaluation";
import type { Problem } from "./problems";

export interface Score {
  readonly model: string;
  readonly device: string;
  /** Problems that were answered; those in excluded files are not. */
  readonly problems: number;
  /** Shares of them, 0 to 1: the rest of the line exactly; its first word or sign; anything shown at all. */
  readonly exact: number;
  readonly firstToken: number;
  readonly shown: number;
  /** Medians, in milliseconds. */
  readonly firstTokenMs: number;
  readonly totalMs: number;
  /** Of all answers together, reading prompts not counted; 0 where nothing was generated. */
  readonly tokensPerSecond: number;
  readonly memoryBytes: number | undefined;
}

export function scoreOf(
  { model, device, answers, memoryBytes }: EvaluationResult,
  problems: readonly Problem[],
): Score {
  const answered = answers.flatMap((answer, index) => {
    const problem = problems[index];
    return answer === null || problem === undefined ? [] : [{ answer, expected: problem.expected }];
  });
  const share = (counts: (one: { answer: EvaluationAnswer; expected: string }) => boolean): number =>
    answered.filter(counts).length / Math.max(1, answered.length);
  return {
    model,
    device,
    problems: answered.length,
    exact: share(({ answer, expected }) => firstLine(answer.text) === expected.trimEnd()),
    firstToken: share(({ answer, expected }) => firstTokenOf(answer.text) === firstTokenOf(expected)),
    shown: share(({ answer }) => answer.text !== ""),
    firstTokenMs: median(answered.map(({ answer }) => answer.firstTokenMs)),
    totalMs: median(answered.map(({ answer }) => answer.totalMs)),
    tokensPerSecond: speedOf(answered.map(({ answer }) => answer)),
    memoryBytes,
  };
}

/** The best first: most lines right, then most beginnings right, then the sooner one. */
export function ranked(scores: readonly Score[]): Score[] {
  return [...scores].sort((a, b) => b.exact - a.exact || b.firstToken - a.firstToken || a.totalMs - b.totalMs);
}

function firstLine(text: string): string {
  return (text.split("\n", 1)[0] ?? "").trimEnd();
}

/** A word, or signs in a row; "" for nothing. */
function firstTokenOf(text: string): string {
  return /^\s*([\p{L}\p{N}_$]+|[^\s\p{L}\p{N}_$]+)/u.exec(text)?.[1] ?? "";
}

function speedOf(answers: readonly EvaluationAnswer[]): number {
  const counted = answers.filter(({ answerTokens }) => answerTokens > 1);
  const tokens = counted.reduce((sum, { answerTokens }) => sum + answerTokens - 1, 0);
  const ms = counted.reduce((sum, { totalMs, firstTokenMs }) => sum + totalMs - firstTokenMs, 0);
  return ms <= 0 ? 0 : (1000 * tokens) / ms;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

/**
 * Scores the filters on test cases of other projects, a file of JSON lines each: the place, the model's raw text and the text
 * that its authors expect. docs/evaluation.md says where the cases come from.
 */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { isRecord, stringOr } from "../../src/base/json";
import { isRepetitive } from "../../src/postprocess/repetition";
import { UsageError } from "../cli";
import { shownFor } from "./postprocess";

interface Score {
  readonly id: string;
  readonly isRight: boolean;
  readonly isNeutral: boolean;
  readonly got: unknown;
  readonly expected: unknown;
}

/** Prints a table and, with `--verbose`, what was wrong; the exit code says whether a case expected unchanged was changed. */
export async function evalScoreFilters(args: readonly string[]): Promise<number> {
  const files = args.filter((arg) => !arg.startsWith("--"));
  if (files.length === 0) {
    throw new UsageError("usage: npm run -s eval -- score-filters FILE.jsonl... [--verbose]");
  }
  process.stdout.write("| suite | cases | right | share |\n|---|---:|---:|---:|\n");
  let lost = 0;
  for (const file of files) {
    const scores = (await readFile(file, "utf8"))
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => score(JSON.parse(line)));
    const neutral = scores.filter(({ isNeutral }) => isNeutral);
    lost += neutral.filter(({ isRight }) => !isRight).length;
    process.stdout.write(row(basename(file, ".jsonl"), scores));
    if (neutral.length > 0) {
      process.stdout.write(row("… of these neutral", neutral));
    }
    if (args.includes("--verbose")) {
      scores.filter(({ isRight }) => !isRight).forEach((wrong) => process.stderr.write(`${JSON.stringify(wrong)}\n`));
    }
  }
  return lost > 0 ? 1 : 0;
}

function row(name: string, scores: readonly Score[]): string {
  const right = scores.filter(({ isRight }) => isRight).length;
  return `| ${name} | ${scores.length} | ${right} | ${((100 * right) / scores.length).toFixed(0)} % |\n`;
}

function score(input: unknown): Score {
  if (!isRecord(input)) {
    throw new UsageError("each line of a file of cases is an object");
  }
  const { expected, notEqual, neutral } = input;
  const got = resultOf(input);
  const kind = stringOr(input["kind"], "");
  const replaced = kind.startsWith("text+replaceSuffix:") ? kind.slice("text+replaceSuffix:".length) : undefined;
  const isSameRange = replaced === undefined || got.replaced === replaced.length;
  const isRight = notEqual === true ? got.value !== expected : got.value === expected && isSameRange;
  return { id: stringOr(input["id"], "?"), isRight, isNeutral: neutral === true, got, expected };
}

function resultOf(input: Readonly<Record<string, unknown>>): { readonly value: unknown; readonly replaced?: number } {
  const { fn, tokens, completion, options } = input;
  if (fn === "isRepetitive" && Array.isArray(tokens)) {
    return { value: isRepetitive(tokens.map(String)) };
  }
  if (fn === "normalizeIndent" && isRecord(options)) {
    const { text } = shownFor({ ...options, languageId: "typescript", prefix: "", suffix: "", modelText: completion });
    return { value: text };
  }
  const { text, replaceSuffixChars, ...why } = shownFor(input);
  return { value: text, replaced: replaceSuffixChars, ...why };
}

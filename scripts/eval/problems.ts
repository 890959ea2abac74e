/** The single-line problems of HumanEval-Infilling (openai/human-eval-infilling), as the file has them. */
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { isRecord, stringOr } from "../../src/base/json";
import type { Place } from "../../src/server/suggest";
import { optionValue, UsageError } from "../cli";
import { parseJson } from "../json";
import { linesOf } from "./lines";

export interface Problem {
  readonly id: string;
  readonly prompt: string;
  readonly suffix: string;
  readonly solution: string;
  readonly test: string;
  readonly entryPoint: string;
}

/** A place in a problem's program, where its suffix follows. */
export function placeIn({ suffix }: Problem, prefix: string, betweenThem = ""): Place {
  return { languageId: "python", path: "", snippets: [], prefix, suffix: betweenThem + suffix };
}

/** Reads the file named by `--problems`, up to `--limit` of them. */
export async function readProblems(args: readonly string[]): Promise<Problem[]> {
  const file = optionValue(args, "problems");
  if (file === undefined) {
    throw new UsageError("--problems FILE is missing: single-line problems, .jsonl or .jsonl.gz");
  }
  const limit = Number(optionValue(args, "limit") ?? Infinity);
  const bytes = createReadStream(file);
  const problems: Problem[] = [];
  for await (const line of linesOf(file.endsWith(".gz") ? bytes.pipe(createGunzip()) : bytes)) {
    if (problems.length >= limit) {
      break;
    }
    problems.push(parseProblem(parseJson(line)));
  }
  return problems;
}

function parseProblem(value: unknown): Problem {
  if (!isRecord(value) || typeof value["prompt"] !== "string" || typeof value["canonical_solution"] !== "string") {
    throw new UsageError('a problem is {"task_id", "prompt", "suffix", "canonical_solution", "test", "entry_point"}');
  }
  return {
    id: stringOr(value["task_id"], ""),
    prompt: value["prompt"],
    suffix: stringOr(value["suffix"], ""),
    solution: value["canonical_solution"],
    test: stringOr(value["test"], ""),
    entryPoint: stringOr(value["entry_point"], ""),
  };
}

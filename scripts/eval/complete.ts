/** Answers each JSON line, the texts around a cursor, with what the product would suggest there, and what that cost. */
import { once } from "node:events";
import { isRecord } from "../../src/base/json";
import { parseJson } from "../json";
import { loadCompletionModel, parsePlace, type CompletionModel } from "./completionModel";
import { linesOf } from "./lines";

/** The exit code: 0 when every line had an answer, 1 otherwise. */
export async function evalComplete(args: readonly string[]): Promise<number> {
  const model = await loadCompletionModel(args);
  let failed = false;
  try {
    for await (const line of linesOf(process.stdin)) {
      const answer = await answerTo(line, model, args.includes("--probability"));
      failed ||= "error" in answer;
      if (!process.stdout.write(`${JSON.stringify(answer)}\n`)) {
        await once(process.stdout, "drain");
      }
    }
  } finally {
    await model.dispose();
  }
  return failed ? 1 : 0;
}

async function answerTo(line: string, model: CompletionModel, withProbability: boolean): Promise<object> {
  const input = parseJson(line);
  const id = isRecord(input) ? (input["id"] ?? null) : null;
  try {
    const { probability, ...answer } = await model.complete(parsePlace(input));
    return withProbability ? { id, ...answer, probability } : { id, ...answer };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * Answers each JSON line, a file's text and a model's block of code, with the new text: exactly what "Apply" in the chat
 * proposes (`src/apply`).
 */
import { applyBlock } from "../../src/apply/applyBlock";
import { isRecord } from "../../src/base/json";
import { linesOf } from "./lines";

/** The exit code: 0 when every line was a case, 1 otherwise. */
export async function evalApply(): Promise<number> {
  let failed = false;
  for await (const line of linesOf(process.stdin)) {
    const answer = answerTo(line);
    failed ||= "error" in answer;
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
  return failed ? 1 : 0;
}

function answerTo(line: string): object {
  let id: unknown;
  try {
    const input: unknown = JSON.parse(line);
    id = isRecord(input) ? input["id"] : undefined;
    return { id, ...newText(input) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}

/** `new` is null, with a reason, where the block belongs nowhere for certain. */
function newText(input: unknown): { readonly new: string | null; readonly reason?: string } {
  if (!isRecord(input) || typeof input["old"] !== "string" || typeof input["block"] !== "string") {
    throw new Error('a line is {"id", "old", "block"}');
  }
  const { old, block } = { old: input["old"], block: input["block"] };
  const applied = applyBlock({ old, block });
  switch (applied.kind) {
    case "applied":
      return { new: applied.text };
    case "unchanged":
      return { new: old };
    case "noPlace":
      return { new: null, reason: applied.reason };
  }
}

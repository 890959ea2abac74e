/**
 * Answers each JSON line, a place in a document and a model's raw text, with what the product would show: exactly its filters
 * (`src/postprocess`), in its one configuration.
 */
import { isRecord, stringOr } from "../../src/base/json";
import type { Indentation } from "../../src/postprocess/filter";
import { DEFAULT_TAB_SIZE } from "../../src/postprocess/indentation";
import { postprocess, type Shown } from "../../src/postprocess/pipeline";
import { completionContext } from "../../src/server/completionShape";
import { linesOf } from "./lines";

/** The exit code: 0 when every line was a case, 1 otherwise. */
export async function evalPostprocess(): Promise<number> {
  let failed = false;
  for await (const line of linesOf(process.stdin)) {
    const answer = answerTo(line);
    failed ||= "error" in answer;
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
  return failed ? 1 : 0;
}

function answerTo(line: string): object {
  try {
    const input: unknown = JSON.parse(line);
    const id = isRecord(input) ? input["id"] : undefined;
    return { id, ...shownFor(input) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** What the product shows for a case; throws for what is none. */
export function shownFor(input: unknown): Shown {
  if (!isRecord(input) || typeof input["prefix"] !== "string" || typeof input["modelText"] !== "string") {
    throw new Error('a line is {"id", "languageId", "prefix", "suffix", "modelText", "tabSize"?, "insertSpaces"?}');
  }
  const context = completionContext({
    languageId: stringOr(input["languageId"], "plaintext"),
    prefix: withLineFeeds(input["prefix"]),
    suffix: withLineFeeds(stringOr(input["suffix"], "")),
    heldBack: "",
    ...indentationOf(input),
  });
  return postprocess(input["modelText"], context);
}

function indentationOf({ tabSize, insertSpaces }: Readonly<Record<string, unknown>>): { indentation?: Indentation } {
  if (typeof tabSize !== "number" && typeof insertSpaces !== "boolean") {
    return {};
  }
  const size = typeof tabSize === "number" && tabSize >= 1 ? Math.floor(tabSize) : DEFAULT_TAB_SIZE;
  return { indentation: { tabSize: size, insertSpaces: typeof insertSpaces === "boolean" ? insertSpaces : true } };
}

/** As the server reads documents. */
function withLineFeeds(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

/**
 * Answers each JSON line, a conversation or the texts around a cursor, with the tokens and the text of the prompt that the
 * product would send to the model. The model's vocabulary is enough.
 */
import { once } from "node:events";
import { stringOr, isRecord } from "../../src/base/json";
import { chatSegments, promptFormatOf } from "../../src/prompt/chatPrompt";
import { encode, promptText } from "../../src/prompt/encode";
import { infillForm, infillSegments, type InfillForm } from "../../src/prompt/infill";
import type { Segment } from "../../src/prompt/segments";
import type { ChatTemplate } from "../../src/prompt/templateChat";
import type { ChatTurn } from "../../src/protocol/engine";
import { EngineError } from "../../src/protocol/engineErrors";
import { loadVocabulary } from "../../src/server/engine/localEngine";
import { optionValue } from "../cli";
import { linesOf } from "./lines";

/** The exit code: 0 when every line had an answer, 1 otherwise. */
export async function evalPrompts(args: readonly string[]): Promise<number> {
  const path = optionValue(args, "model");
  if (path === undefined) {
    process.stderr.write("--model FILE is missing: a GGUF file, of which only the vocabulary is read\n");
    return 1;
  }
  let model: Awaited<ReturnType<typeof loadVocabulary>>;
  try {
    model = await loadVocabulary(path, (level, message) => process.stderr.write(`[${level}] ${message}\n`));
  } catch (error) {
    process.stderr.write(`${error instanceof EngineError ? error.message : String(error)}\n`);
    return 1;
  }
  let failed = false;
  try {
    for await (const line of linesOf(process.stdin)) {
      const answer = answerTo(line, model);
      failed ||= "error" in answer;
      await write(answer);
    }
  } finally {
    await model.dispose();
  }
  return failed ? 1 : 0;
}

type Model = Pick<Awaited<ReturnType<typeof loadVocabulary>>, "vocabulary" | "chatTemplate">;
type Answer = { readonly tokens: readonly number[]; readonly text: string } | { readonly error: string };

function answerTo(line: string, { vocabulary, chatTemplate }: Model): Answer {
  try {
    const tokens = encode(segmentsFor(JSON.parse(line), chatTemplate), vocabulary);
    return { tokens, text: promptText(tokens, vocabulary) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function segmentsFor(input: unknown, template: ChatTemplate | undefined): Segment[] {
  if (isRecord(input) && Array.isArray(input["messages"])) {
    return chatSegments(input["messages"].map(parseTurn), promptFormatOf(template?.source), template);
  }
  if (isRecord(input) && typeof input["prefix"] === "string") {
    const { prefix, suffix, form } = input;
    return infillSegments(prefix, stringOr(suffix, ""), parseForm(form) ?? infillForm(prefix));
  }
  throw new Error('a line is {"messages": [{"role", "content"}...]} or {"prefix", "suffix", "form": "psm" or "spm"}');
}

function parseTurn(value: unknown): ChatTurn {
  if (isRecord(value) && typeof value["content"] === "string") {
    const { role, content } = value;
    if (role === "system" || role === "user" || role === "assistant") {
      return { role, content };
    }
  }
  throw new Error('a message is {"role": "system", "user" or "assistant", "content": text}');
}

/** Without a form it is the one that the cursor's place asks for. */
function parseForm(value: unknown): InfillForm | undefined {
  if (value === undefined || value === "psm" || value === "spm") {
    return value;
  }
  throw new Error('"form" is "psm" or "spm"');
}

async function write(answer: Answer): Promise<void> {
  if (!process.stdout.write(`${JSON.stringify(answer)}\n`)) {
    await once(process.stdout, "drain");
  }
}

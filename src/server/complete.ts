/** `textDocument/inlineCompletion`: what could stand at the cursor. */
import {
  InlineCompletionTriggerKind,
  type InlineCompletionItem,
  type InlineCompletionParams,
} from "vscode-languageserver/node";
import { postprocess } from "../postprocess/pipeline";
import { fitInfill } from "../prompt/budget";
import { encode } from "../prompt/encode";
import { infillForm, infillSegments, prefixSegments, splitTrailingWhitespace } from "../prompt/infill";
import type { ModelState } from "../protocol/engine";
import { DEFAULT_SAMPLING, type Sampling } from "../protocol/sampling";
import { isComplete, mayBeMultiline } from "./completionShape";
import { aroundPosition } from "./documents";
import type { LanguageModel } from "./engine/engine";
import { generate } from "./generate";
import { figuresOf } from "./figures";
import type { ServerParts } from "./serverParts";

/** Longer prompts make the first suggestion of a place late: a CPU evaluates about a tenth of what a GPU does. */
const PROMPT_TOKENS = { cpu: 768, gpu: 3072 } as const;

/** Room for BOS and the infill tokens, and for a token more where text is cut. */
const INFILL_TOKENS = 8;

/** What could stand at the cursor: one item, or none. Whoever types is never bothered with errors; the state tells them. */
export async function complete(
  parts: ServerParts,
  params: InlineCompletionParams,
  signal: AbortSignal,
): Promise<InlineCompletionItem[]> {
  const document = parts.documents.find(params.textDocument.uri);
  if (document === undefined || !canAnswer(parts.models.current.completion, params.context.triggerKind)) {
    return [];
  }
  const model = await parts.models.model("completion", signal);
  const { prefix, suffix } = aroundPosition(document, params.position);
  const sampling: Sampling = {
    ...DEFAULT_SAMPLING,
    temperature: 0,
    repeatPenalty: 1,
    maxTokens: Math.min(parts.settings().completionMaxTokens, Math.floor(model.info.contextSize / 4)),
  };
  const { tokens, heldBack } = promptFor(model, { prefix, suffix }, sampling.maxTokens);
  const multiline = mayBeMultiline(prefix, suffix);
  const record = parts.lastPrompt.record("completion", tokens, model.vocabulary);
  const answer = await parts.scheduler.run("completion", signal, ({ signal: turnSignal, yieldTurn }) =>
    generate(
      model,
      {
        role: "completion",
        prompt: tokens,
        sampling,
        yieldTurn,
        isComplete: (text) => isComplete(text, multiline),
      },
      turnSignal,
    ),
  );
  record.answered(figuresOf(model.info, answer.usage, 0));
  const insertText = postprocess(answer.text, { prefix, suffix, heldBack, multiline });
  return insertText === "" ? [] : [{ insertText, range: { start: params.position, end: params.position } }];
}

/** A keystroke never waits for a model that is loading; somebody who asks for a suggestion does. */
function canAnswer({ kind }: ModelState, trigger: InlineCompletionTriggerKind): boolean {
  return kind === "ready" || (kind === "loading" && trigger === InlineCompletionTriggerKind.Invoked);
}

/** The prompt for a place in a document, and the white space before the cursor that it leaves for the model to write. */
function promptFor(
  { info, vocabulary }: LanguageModel,
  document: { readonly prefix: string; readonly suffix: string },
  answerTokens: number,
): { tokens: number[]; heldBack: string } {
  const { prefix: before, heldBack } = splitTrailingWhitespace(document.prefix);
  const { infill } = info.capabilities;
  const atMost = PROMPT_TOKENS[info.gpuLayers > 0 ? "gpu" : "cpu"];
  const { prefix, suffix } = fitInfill({
    prefix: before,
    suffix: infill ? document.suffix : "",
    budgetTokens: Math.min(atMost, info.contextSize - answerTokens) - INFILL_TOKENS,
    count: (text) => vocabulary.tokenize(text).length,
  });
  const segments = infill ? infillSegments(prefix, suffix, infillForm(document.prefix)) : prefixSegments(prefix);
  return { tokens: encode(segments, vocabulary), heldBack };
}

/**
 * What a model suggests between two texts: prompt, generation, filters. The LSP handler and the evaluation from outside
 * (`npm run eval -- complete`) run this same code.
 */
import type { CompletionContext } from "../postprocess/filter";
import { postprocess, type Shown } from "../postprocess/pipeline";
import { fitInfill } from "../prompt/budget";
import { encode } from "../prompt/encode";
import { infillForm, infillSegments, prefixSegments, splitTrailingWhitespace } from "../prompt/infill";
import { DEFAULT_SAMPLING } from "../protocol/sampling";
import { completionContext, isComplete } from "./completionShape";
import type { GenerateRequest, GenerationUsage, LanguageModel } from "./engine/engine";
import type { Turn } from "./engine/scheduler";
import { generate } from "./generate";
import { promptBudget } from "./promptBudget";

/** Room for BOS and the infill tokens, and for a token more where text is cut. */
const INFILL_TOKENS = 8;

/** The texts around a cursor, with LF line ends. */
export interface Place {
  readonly languageId: string;
  readonly prefix: string;
  readonly suffix: string;
}

export interface SuggestOptions {
  /** Longest suggestion, in tokens. */
  readonly maxTokens: number;
  /** Time to the first token that the prompt's length is chosen for. */
  readonly latencyTargetMs: number;
}

/** A suggestion that is ready to be computed. */
export interface PreparedSuggestion {
  readonly prompt: readonly number[];
  /** What the filters know of the place. */
  readonly context: CompletionContext;
  readonly maxTokens: number;
}

export interface Suggestion extends Shown {
  readonly usage: GenerationUsage;
}

/** Builds the prompt; nothing is evaluated yet. */
export function prepareSuggestion(model: LanguageModel, place: Place, options: SuggestOptions): PreparedSuggestion {
  const maxTokens = Math.min(options.maxTokens, Math.floor(model.info.contextSize / 4));
  const budget = promptBudget({
    prefillTokensPerSecond: model.prefillTokensPerSecond,
    usesGpu: model.info.gpuLayers > 0,
    latencyTargetMs: options.latencyTargetMs,
  });
  const budgetTokens = Math.min(budget, model.info.contextSize - maxTokens) - INFILL_TOKENS;
  const { prompt, heldBack } = promptFor(model, place, budgetTokens);
  return { prompt, context: completionContext({ ...place, heldBack }), maxTokens };
}

/** Generates and filters. Aborting the turn's signal ends it at the next batch, with what there is until then. */
export async function suggest(
  model: LanguageModel,
  { prompt, context, maxTokens }: PreparedSuggestion,
  { signal, yieldTurn }: Turn,
): Promise<Suggestion> {
  const request: GenerateRequest = {
    role: "completion",
    prompt,
    sampling: { ...DEFAULT_SAMPLING, temperature: 0, repeatPenalty: 1, maxTokens },
    yieldTurn,
    isComplete: (text) => isComplete(text, context),
  };
  const answer = await generate(model, request, signal);
  return { ...postprocess(answer.text, context), usage: answer.usage };
}

/** The prompt for a place in a document, and the white space before the cursor that it leaves for the model to write. */
function promptFor(
  { info, vocabulary }: LanguageModel,
  document: Place,
  budgetTokens: number,
): { prompt: number[]; heldBack: string } {
  const { prefix: before, heldBack } = splitTrailingWhitespace(document.prefix);
  const { infill } = info.capabilities;
  const { prefix, suffix } = fitInfill({
    prefix: before,
    suffix: infill ? document.suffix : "",
    budgetTokens,
    count: (text) => vocabulary.tokenize(text).length,
  });
  const segments = infill ? infillSegments(prefix, suffix, infillForm(document.prefix)) : prefixSegments(prefix);
  return { prompt: encode(segments, vocabulary), heldBack };
}

/**
 * What a model suggests between two texts: prompt, generation, filters. The LSP handler and the evaluation from outside
 * (`npm run eval -- complete`) run this same code.
 */
import type { CompletionContext, Indentation } from "../postprocess/filter";
import { postprocess, type Shown } from "../postprocess/pipeline";
import { fitInfill } from "../prompt/fitInfill";
import { encode } from "../prompt/encode";
import { infillSegments, prefixSegments, splitTrailingWhitespace } from "../prompt/infill";
import { snippetsHeader, type Snippet } from "../prompt/snippets";
import { healPrompt } from "../prompt/tokenHealing";
import type { Eagerness, Multiline } from "../protocol/completionSettings";
import { DEFAULT_SAMPLING, type Sampling } from "../protocol/sampling";
import { AnswerWatch } from "./answerWatch";
import { CERTAINTY_LIMITS } from "./certainty";
import { splitClosersAhead } from "./closersAhead";
import { completionContext } from "./completionShape";
import type { GenerateRequest, GenerationUsage, LanguageModel } from "./engine/engine";
import type { Turn } from "./engine/scheduler";
import { generate } from "./generate";
import { promptBudget } from "./promptBudget";

/** Room for BOS and the infill tokens, and for a token more where text is cut. */
const INFILL_TOKENS = 8;

/** What of a prompt other files may have. A short prompt has better use for it. */
const SNIPPETS_SHARE = 1 / 4;
const MIN_TOKENS_WITH_SNIPPETS = 512;

/** A suggestion may take this many times the time that its first token may take. */
const TIME_LIMIT_TARGETS = 10;

/** Variants are to differ, and still to be code. */
const VARIANT_TEMPERATURE = 0.7;

/** The texts around a cursor, with LF line ends. */
export interface Place {
  readonly languageId: string;
  /** Of the document in its workspace, with slashes. */
  readonly path: string;
  /** Pieces of other files; what matters most last. */
  readonly snippets: readonly Snippet[];
  readonly prefix: string;
  readonly suffix: string;
  /** Of the editor, where the client tells it. */
  readonly indentation?: Indentation;
}

export interface SuggestOptions {
  /** Longest suggestion, in tokens. */
  readonly maxTokens: number;
  /** Time to the first token that the prompt's length is chosen for. */
  readonly latencyTargetMs: number;
  /** How sure the model has to be of what is shown. */
  readonly eagerness: Eagerness;
  readonly multiline: Multiline;
}

/** A suggestion that is ready to be computed. */
export interface PreparedSuggestion {
  readonly prompt: readonly number[];
  /** What the filters know of the place. */
  readonly context: CompletionContext;
  /** Closing brackets and quotes after the cursor that were left for the model to write. */
  readonly closers: string;
  readonly maxTokens: number;
  readonly latencyTargetMs: number;
  readonly eagerness: Eagerness;
}

export interface Suggestion extends Shown {
  readonly usage: GenerationUsage;
  /** 0 to 1: what the model gives the first line of its answer; undefined where it wrote nothing, or drew its tokens. */
  readonly probability: number | undefined;
}

/** What came of a request. */
export interface Suggested {
  /** Best first; none that is empty. */
  readonly suggestions: readonly Suggestion[];
  /** Of the first one, whose prompt the others find in the KV cache. */
  readonly usage: GenerationUsage;
  readonly probability: number | undefined;
  readonly isCancelled: boolean;
}

/** Whether the prompt is long enough for pieces of other files. */
export function showsSnippets(model: LanguageModel, options: SuggestOptions): boolean {
  return limitsOf(model, options).budgetTokens >= MIN_TOKENS_WITH_SNIPPETS;
}

function limitsOf(
  model: LanguageModel,
  options: SuggestOptions,
): { readonly maxTokens: number; readonly budgetTokens: number } {
  const maxTokens = Math.min(options.maxTokens, Math.floor(model.info.contextSize / 4));
  const budget = promptBudget({
    prefillTokensPerSecond: model.prefillTokensPerSecond,
    usesGpu: model.info.gpuLayers > 0,
    latencyTargetMs: options.latencyTargetMs,
  });
  return { maxTokens, budgetTokens: Math.min(budget, model.info.contextSize - maxTokens) - INFILL_TOKENS };
}

/** Builds the prompt; nothing is evaluated yet. */
export function prepareSuggestion(model: LanguageModel, place: Place, options: SuggestOptions): PreparedSuggestion {
  const { maxTokens, budgetTokens } = limitsOf(model, options);
  const { prefix, heldBack } = splitTrailingWhitespace(place.prefix);
  const { closers, rest } = splitClosersAhead(place.suffix);
  return {
    prompt: promptFor(model, { ...place, prefix, suffix: rest }, budgetTokens),
    context: completionContext(
      { ...place, heldBack },
      { multiline: options.multiline, infill: model.info.capabilities.infill },
    ),
    closers,
    maxTokens,
    latencyTargetMs: options.latencyTargetMs,
    eagerness: options.eagerness,
  };
}

/**
 * Up to so many suggestions that differ. Later ones are drawn where there is time: all of them together take as long as one
 * may take.
 */
export async function suggestSeveral(
  model: LanguageModel,
  prepared: PreparedSuggestion,
  turn: Turn,
  count: number,
): Promise<Suggested> {
  const deadline = performance.now() + TIME_LIMIT_TARGETS * prepared.latencyTargetMs;
  const first = await suggest(model, prepared, turn);
  const all = [first];
  while (all.length < count && !turn.signal.aborted && performance.now() < deadline) {
    all.push(await suggest(model, prepared, turn, all.length));
  }
  const distinct = all.filter(({ text }, index) => all.findIndex((other) => other.text === text) === index);
  const { usage, probability } = first;
  const suggestions = distinct.filter(({ text }) => text !== "");
  return { suggestions, usage, probability, isCancelled: turn.signal.aborted };
}

/** Generates and filters; variant 0 is the most probable one, others are drawn. Aborting the turn's signal ends it at the next batch, with what there is until then. */
export async function suggest(
  model: LanguageModel,
  { prompt, context, closers, maxTokens, latencyTargetMs, eagerness }: PreparedSuggestion,
  { signal, yieldTurn }: Turn,
  variant = 0,
): Promise<Suggestion> {
  const { heldBack } = context;
  const healed = heldBack === "" ? healPrompt(prompt, model.vocabulary) : { tokens: prompt, answerStart: "" };
  const timeLimitMs = TIME_LIMIT_TARGETS * latencyTargetMs;
  const certainty = CERTAINTY_LIMITS[eagerness];
  const watch = new AnswerWatch({ context, taken: healed.answerStart, closers, timeLimitMs, certainty });
  const request: GenerateRequest = {
    role: "completion",
    prompt: healed.tokens,
    sampling: { ...DEFAULT_SAMPLING, ...drawing(variant), repeatPenalty: 1, maxTokens },
    answerStart: healed.answerStart + heldBack,
    yieldTurn,
    isComplete: (answer, probability) => watch.isComplete(answer, probability),
  };
  const { text, finishReason, usage } = await generate(model, request, signal);
  const shown = postprocess(watch.outcome(text, finishReason), context);
  return { ...shown, usage, probability: watch.probability };
}

/** The same variant is the same at every request. */
function drawing(variant: number): Pick<Sampling, "temperature" | "seed"> {
  return { temperature: variant === 0 ? 0 : VARIANT_TEMPERATURE, seed: variant };
}

/**
 * The prompt for a place in a document: suffix first, so that a typed character costs a token or two. Inside a word Code
 * Llama's paper prefers prefix-suffix-middle; with the last token taken back there is no need to evaluate it all anew.
 */
function promptFor({ info, vocabulary }: LanguageModel, place: Place, budgetTokens: number): number[] {
  const { infill } = info.capabilities;
  const count = (text: string): number => vocabulary.tokenize(text).length;
  const forSnippets = budgetTokens < MIN_TOKENS_WITH_SNIPPETS ? 0 : Math.floor(budgetTokens * SNIPPETS_SHARE);
  const header = snippetsHeader(place.snippets, place, (text) => count(text) <= forSnippets);
  const { prefix, suffix } = fitInfill({
    prefix: place.prefix,
    suffix: infill ? place.suffix : "",
    budgetTokens: budgetTokens - (header === "" ? 0 : forSnippets),
    count,
  });
  const before = header + prefix;
  return encode(infill ? infillSegments(before, suffix, "spm") : prefixSegments(before), vocabulary);
}

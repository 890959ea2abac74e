/** A conversation as the prompt for the chat model that is loaded: what fits of it, and what it costs. */
import { chatSegments } from "../prompt/chatPrompt";
import { encode } from "../prompt/encode";
import { fitTurns, type FittedTurns } from "../prompt/fitTurns";
import type { ChatTurn } from "../protocol/engine";
import type { Sampling } from "../protocol/sampling";
import type { LanguageModel } from "./engine/engine";

/** How much of a context is kept for the answer at most: a conversation is worth more than a very long answer. */
const ANSWER_SHARE = 1 / 4;

export interface ChatBudget {
  readonly contextTokens: number;
  /** Kept for the answer. */
  readonly answerTokens: number;
  /** What is left for the prompt. */
  readonly promptTokens: number;
}

export function chatBudget({ contextSize }: LanguageModel["info"], { maxTokens }: Sampling): ChatBudget {
  const answerTokens = Math.min(maxTokens, Math.floor(contextSize * ANSWER_SHARE));
  return { contextTokens: contextSize, answerTokens, promptTokens: contextSize - answerTokens };
}

/** The newest turns that fit beside an answer; older pairs are dropped, the system prompt never. */
export function fitConversation(model: LanguageModel, turns: readonly ChatTurn[], budget: ChatBudget): FittedTurns {
  return fitTurns(turns, budget.promptTokens, (some) => promptTokensOf(model, some).length);
}

/** The tokens of the prompt that asks for the answer to the last turn. Throws `DialogError` where turns are out of order. */
export function promptTokensOf(model: LanguageModel, turns: readonly ChatTurn[]): number[] {
  return encode(chatSegments(turns, model.info.promptFormat, model.chatTemplate), model.vocabulary);
}

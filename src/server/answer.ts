/** Answers a conversation: turns to prompt, prompt to model, model to streamed text. Chat and explain share it. */
import { encode } from "../prompt/encode";
import { chatSegments } from "../prompt/chatPrompt";
import { fitTurns } from "../prompt/fitTurns";
import type { ChatResult, ChatTurn, LastPrompt } from "../protocol/engine";
import { EngineError } from "../protocol/engineErrors";
import { parseSampling, type Sampling } from "../protocol/sampling";
import type { LanguageModel } from "./engine/engine";
import { figuresOf } from "./figures";
import { generate } from "./generate";
import type { ServerParts } from "./serverParts";

export interface Question {
  readonly request: LastPrompt["request"];
  readonly turns: readonly ChatTurn[];
  readonly sampling: Partial<Sampling> | undefined;
  readonly onText: (text: string) => void;
}

/** Fails with noModel (or why loading failed), promptTooLong, generationFailed; cancelling gives what there is until then. */
export async function answer(parts: ServerParts, question: Question, signal: AbortSignal): Promise<ChatResult> {
  const arrived = performance.now();
  const model = await parts.models.model("chat", signal);
  const sampling = parseSampling(question.sampling, parts.settings().sampling);
  const { tokens, droppedPairs } = promptFor(model, question.turns, sampling);
  const record = parts.lastPrompt.record(question.request, tokens, model.vocabulary);
  return parts.scheduler.run("chat", signal, async ({ signal: turnSignal, yieldTurn }) => {
    const queuedMs = performance.now() - arrived;
    const request = { role: "chat", prompt: tokens, sampling, yieldTurn } as const;
    const { text, finishReason, usage } = await generate(
      model,
      request,
      turnSignal,
      withoutLeadingSpace(question.onText),
    );
    const figures = figuresOf(model.info, usage, queuedMs);
    record.answered(figures);
    return { text: text.trim(), finishReason, figures, droppedPairs };
  });
}

/** The tokens of the newest turns that fit beside an answer; older pairs are dropped, the system prompt never. */
function promptFor(
  model: LanguageModel,
  turns: readonly ChatTurn[],
  sampling: Sampling,
): { tokens: number[]; droppedPairs: number } {
  const { contextSize, promptFormat } = model.info;
  const answerTokens = Math.min(sampling.maxTokens, Math.floor(contextSize / 4));
  const tokensOf = (some: readonly ChatTurn[]): number[] =>
    encode(chatSegments(some, promptFormat, model.chatTemplate), model.vocabulary);
  const fitted = fitTurns(turns, contextSize - answerTokens, (some) => tokensOf(some).length);
  if (fitted.kind === "tooLong") {
    throw new EngineError({
      code: "promptTooLong",
      promptTokens: fitted.tokens,
      contextTokens: contextSize - answerTokens,
    });
  }
  return { tokens: tokensOf(fitted.turns), droppedPairs: fitted.droppedPairs };
}

/** Every answer of Llama 2 begins with a space, which is not shown. */
function withoutLeadingSpace(onText: (text: string) => void): (text: string) => void {
  let begun = false;
  return (text) => {
    const piece = begun ? text : text.trimStart();
    if (piece !== "") {
      begun = true;
      onText(piece);
    }
  };
}

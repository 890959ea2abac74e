/** Answers a conversation: turns to prompt, prompt to model, model to streamed text. Chat and explain share it. */
import { roleMarkersOf } from "../prompt/roleMarkers";
import type { ChatResult, ChatTurn, LastPrompt } from "../protocol/engine";
import { EngineError } from "../protocol/engineErrors";
import { parseSampling, type Sampling } from "../protocol/sampling";
import { withPaths } from "./attachmentPaths";
import { chatBudget, fitConversation, promptTokensOf } from "./chatPrompt";
import type { LanguageModel } from "./engine/engine";
import { figuresOf, traceOf } from "./figures";
import { generate } from "./generate";
import type { ServerParts } from "./serverParts";
import { TurnEnd } from "./turnEnd";

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
  const { tokens, left } = promptFor(model, withPaths(question.turns, parts.pathInWorkspace), sampling);
  const record = parts.lastPrompt.record(question.request, tokens, model.vocabulary);
  return parts.scheduler.run("chat", signal, async ({ signal: turnSignal, yieldTurn }) => {
    const queuedMs = performance.now() - arrived;
    const turnEnd = new TurnEnd(turnMarkers(model));
    const onText = withoutLeadingSpace(question.onText);
    const request = { role: "chat", prompt: tokens, sampling, yieldTurn, isComplete: () => turnEnd.hasEnded } as const;
    const { finishReason, usage } = await generate(model, request, turnSignal, (text) => {
      onText(turnEnd.push(text));
    });
    onText(turnEnd.finish());
    const figures = figuresOf(model.info, usage, queuedMs);
    record.answered(figures);
    parts.trace(traceOf(question.request, usage));
    return { text: turnEnd.answer.trim(), finishReason, figures, ...left };
  });
}

/** Llama 2's own format has none: its turns end with a token, and what looks like a mark in an answer is text. */
function turnMarkers({ info, chatTemplate, vocabulary }: LanguageModel): readonly string[] {
  return info.promptFormat === "llama2" || chatTemplate === undefined
    ? []
    : roleMarkersOf(chatTemplate, vocabulary.namedTokens.keys());
}

/** The tokens of what fits of a conversation. */
function promptFor(model: LanguageModel, turns: readonly ChatTurn[], sampling: Sampling): ChatPrompt {
  const budget = chatBudget(model.info, sampling);
  const fitted = fitConversation(model, turns, budget);
  if (fitted.kind === "tooLong") {
    throw new EngineError({
      code: "promptTooLong",
      promptTokens: fitted.tokens,
      contextTokens: budget.promptTokens,
    });
  }
  const { droppedPairs, shortened } = fitted;
  const left = shortened === undefined ? { droppedPairs } : { droppedPairs, question: shortened };
  return { tokens: promptTokensOf(model, fitted.turns), left };
}

interface ChatPrompt {
  readonly tokens: readonly number[];
  /** What is not in it of the conversation, for the result. */
  readonly left: Pick<ChatResult, "droppedPairs" | "question">;
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

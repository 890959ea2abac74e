/** The figures of a generation, as they are shown to people. */
import type { GenerationFigures, LoadedModel } from "../protocol/engine";
import type { GenerationUsage } from "./engine/engine";

/** `queuedMs` is what the request waited, for loading or for others, before the model turned to it. */
export function figuresOf(model: LoadedModel, usage: GenerationUsage, queuedMs: number): GenerationFigures {
  const generatingMs = usage.totalMs - usage.firstTokenMs;
  return {
    model: model.name,
    device: model.device,
    promptTokens: usage.promptTokens,
    cachedTokens: usage.cachedTokens,
    answerTokens: usage.answerTokens,
    firstTokenMs: queuedMs + usage.firstTokenMs,
    totalMs: queuedMs + usage.totalMs,
    tokensPerSecond: usage.answerTokens < 2 ? 0 : ((usage.answerTokens - 1) / generatingMs) * 1000,
  };
}

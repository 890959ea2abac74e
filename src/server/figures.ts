/** The figures of a generation, as they are shown to people, and as a line of the trace. */
import type { GenerationFigures, LastPrompt, LoadedModel } from "../protocol/engine";
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

/** A line of the trace: how much of a prompt was really evaluated, and the times. */
export function traceOf(request: LastPrompt["request"], usage: GenerationUsage): string {
  const { promptTokens, cachedTokens, answerTokens, firstTokenMs, totalMs } = usage;
  const evaluated = promptTokens - cachedTokens;
  const times = `first after ${firstTokenMs.toFixed(1)} ms, all after ${totalMs.toFixed(1)} ms`;
  return `${request}: ${promptTokens} prompt tokens, ${evaluated} of them evaluated; ${answerTokens} generated, ${times}`;
}

/** `llama2/evaluateCompletion`: what a model file would suggest at places whose text is known, by the code of the product. */
import type {
  EvaluateCompletionParams,
  EvaluationAnswer,
  EvaluationPlace,
  EvaluationProgress,
  EvaluationResult,
} from "../protocol/evaluation";
import type { LanguageModel, LoadOptions } from "./engine/engine";
import { memoryNeed } from "./models/fit/memory";
import { inspectFile } from "./models/inspect";
import type { ServerParts } from "./serverParts";
import { prepareSuggestion, suggest, type SuggestOptions } from "./suggest";

/** Loads the model, answers place by place, and frees it again, whatever happens. */
export async function evaluateCompletion(
  parts: ServerParts,
  { modelPath, places }: EvaluateCompletionParams,
  onProgress: (progress: EvaluationProgress) => void,
  signal: AbortSignal,
): Promise<EvaluationResult> {
  const options = loadOptions(parts, modelPath);
  const model = await parts.loadBeside(options, signal);
  try {
    const memoryBytes = await memoryOf(options);
    const answers: (EvaluationAnswer | null)[] = [];
    // the first answer brings the file into memory, which says nothing about the model
    for (const place of places.slice(-1)) {
      await answerAt(parts, model, place, signal);
    }
    for (const place of places) {
      answers.push(await answerAt(parts, model, place, signal));
      onProgress({ done: answers.length });
    }
    const { name, device } = model.info;
    return { model: name, device, answers, ...(memoryBytes === undefined ? {} : { memoryBytes }) };
  } finally {
    await model.dispose();
  }
}

function loadOptions(parts: ServerParts, path: string): LoadOptions {
  const { gpu, gpuLayers, threads, contextSize } = parts.settings();
  return { path, roles: ["completion"], gpu, gpuLayers, threads, contextSize, adapters: [] };
}

/** Runs in a chat's place: completions that the user waits for go first. */
async function answerAt(
  parts: ServerParts,
  model: LanguageModel,
  place: EvaluationPlace,
  signal: AbortSignal,
): Promise<EvaluationAnswer | null> {
  signal.throwIfAborted();
  if (parts.exclusion.isExcluded(place.uri)) {
    return null;
  }
  const { languageId, prefix, suffix } = place;
  const path = parts.crossFile.pathOf(place.uri);
  const prepared = prepareSuggestion(model, { languageId, path, prefix, suffix, snippets: [] }, suggestOptions(parts));
  const { text, usage } = await parts.scheduler.run("chat", signal, (turn) => suggest(model, prepared, turn));
  signal.throwIfAborted();
  return {
    text,
    firstTokenMs: usage.firstTokenMs,
    totalMs: usage.totalMs,
    answerTokens: usage.answerTokens,
  };
}

/** As for somebody who types, but that nothing is left out: a right answer is right, however unsure the model was. */
function suggestOptions(parts: ServerParts): SuggestOptions {
  const { completionMaxTokens, completionLatencyTargetMs, completionMultiline } = parts.settings();
  return {
    maxTokens: completionMaxTokens,
    latencyTargetMs: completionLatencyTargetMs,
    eagerness: "eager",
    multiline: completionMultiline,
  };
}

async function memoryOf({ path, contextSize }: LoadOptions): Promise<number | undefined> {
  const file = await inspectFile(path).catch(() => undefined); // a model without a header to read, in tests
  return file?.shape === undefined
    ? undefined
    : memoryNeed(file.shape, {
        contextTokens: Math.min(contextSize, file.description.trainedContext),
        sequences: 1,
        batchTokens: 128,
      }).totalBytes;
}

/** The completion model of an evaluation: the real engine with the product's settings, and its suggestions. */
import { isRecord, stringOr } from "../../src/base/json";
import { parseEngineSettings, type EngineSettings } from "../../src/protocol/engineSettings";
import { LocalEngine } from "../../src/server/engine/localEngine";
import { Scheduler } from "../../src/server/engine/scheduler";
import { prepareSuggestion, suggest, type Place } from "../../src/server/suggest";
import { optionValue, UsageError } from "../cli";

export interface CompletionModel {
  readonly complete: (place: Place) => Promise<Completed>;
  readonly dispose: () => Promise<void>;
}

export interface Completed {
  readonly text: string;
  readonly promptTokens: number;
  /** Prompt tokens that the KV cache did not have. */
  readonly evaluatedTokens: number;
  readonly firstTokenMs: number;
  readonly totalMs: number;
}

/** Loads the file named by `--model`; `--gpu`, `--threads`, `--max-tokens` and `--latency-target` stand for the settings of these names. */
export async function loadCompletionModel(args: readonly string[]): Promise<CompletionModel> {
  const settings = settingsFrom(args);
  process.env["UV_THREADPOOL_SIZE"] ??= "1"; // as the inference process does, for the same figures
  const never = new AbortController().signal;
  const engine = new LocalEngine((level, message) => {
    if (level === "error" || level === "warn") {
      process.stderr.write(`[${level}] ${message}\n`);
    }
  });
  const { gpu, gpuLayers, threads, contextSize } = settings;
  const path = settings.completionModelPath;
  const options = { path, roles: ["completion"] as const, gpu, gpuLayers, threads, contextSize };
  const model = await engine.load(options, () => undefined, never);
  const { completionMaxTokens: maxTokens, completionLatencyTargetMs: latencyTargetMs } = settings;
  const suggestOptions = { maxTokens, latencyTargetMs };
  const scheduler = new Scheduler();
  return {
    complete: async (place) => {
      const prepared = prepareSuggestion(model, place, suggestOptions);
      const { text, usage } = await scheduler.run("completion", never, (turn) => suggest(model, prepared, turn));
      return {
        text,
        promptTokens: usage.promptTokens,
        evaluatedTokens: usage.promptTokens - usage.cachedTokens,
        firstTokenMs: tenths(usage.firstTokenMs),
        totalMs: tenths(usage.totalMs),
      };
    },
    dispose: async () => {
      await model.dispose();
      await engine.dispose();
    },
  };
}

/** Reads `prefix` and `suffix` of a parsed JSON line. */
export function parsePlace(value: unknown): Place {
  if (isRecord(value) && typeof value["prefix"] === "string") {
    const { languageId, path, suffix } = value;
    return {
      path: stringOr(path, ""),
      snippets: [],
      languageId: stringOr(languageId, "plaintext"),
      prefix: lineFeeds(value["prefix"]),
      suffix: lineFeeds(stringOr(suffix, "")),
    };
  }
  throw new Error('a line is {"id", "languageId", "path", "prefix", "suffix"}');
}

function settingsFrom(args: readonly string[]): EngineSettings {
  const modelPath = optionValue(args, "model");
  if (modelPath === undefined) {
    throw new UsageError("--model FILE is missing: a GGUF file");
  }
  const whole = (name: string): number | null => {
    const value = optionValue(args, name);
    return value === undefined ? null : Number(value);
  };
  return parseEngineSettings({
    completion: { modelPath, maxTokens: whole("max-tokens"), latencyTargetMs: whole("latency-target") },
    engine: { gpu: optionValue(args, "gpu"), threads: whole("threads") },
  });
}

function lineFeeds(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}

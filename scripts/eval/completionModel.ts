/** The completion model of an evaluation: the real engine with the product's settings, and its suggestions. */
import { isRecord, stringOr } from "../../src/base/json";
import { EAGERNESS_CHOICES, MULTILINE_CHOICES } from "../../src/protocol/completionSettings";
import { parseEngineSettings, type EngineSettings } from "../../src/protocol/engineSettings";
import { LocalEngine } from "../../src/server/engine/localEngine";
import { Scheduler } from "../../src/server/engine/scheduler";
import { prepareSuggestion, suggest, type Place, type SuggestOptions } from "../../src/server/suggest";
import { optionValue, UsageError } from "../cli";

export interface CompletionModel {
  /** `options` stand in place of what the command line says. */
  readonly complete: (place: Place, options?: Partial<SuggestOptions>) => Promise<Completed>;
  readonly dispose: () => Promise<void>;
}

export interface Completed {
  readonly text: string;
  readonly promptTokens: number;
  /** Prompt tokens that the KV cache did not have. */
  readonly evaluatedTokens: number;
  readonly firstTokenMs: number;
  readonly totalMs: number;
  /** 0 to 1: what the model gives its first line. */
  readonly probability: number | undefined;
}

/**
 * Loads the file named by `--model`; `--gpu`, `--threads`, `--max-tokens`, `--latency-target`, `--eagerness` and `--multiline`
 * stand for the settings of these names. Nothing is left out for its probability unless `--eagerness` asks for it: whoever
 * scores answers wants to see them all.
 */
export async function loadCompletionModel(args: readonly string[]): Promise<CompletionModel> {
  const settings = settingsFrom(args);
  process.env["UV_THREADPOOL_SIZE"] ??= "1"; // as the inference process does, for the same figures
  const never = new AbortController().signal;
  const engine = new LocalEngine((level, message) => {
    if (level === "error" || level === "warn") {
      process.stderr.write(`[${level}] ${message}\n`);
    }
  });
  const { gpu, gpuLayers, threads, contextSize, adapters } = settings;
  const path = settings.completionModelPath;
  const options = { path, roles: ["completion"] as const, gpu, gpuLayers, threads, contextSize, adapters };
  const model = await engine.load(options, () => undefined, never);
  const standing: SuggestOptions = {
    maxTokens: settings.completionMaxTokens,
    latencyTargetMs: settings.completionLatencyTargetMs,
    eagerness: settings.completionEagerness,
    multiline: settings.completionMultiline,
  };
  const scheduler = new Scheduler();
  return {
    complete: async (place, options) => {
      const prepared = prepareSuggestion(model, place, { ...standing, ...options });
      const { text, usage, probability } = await scheduler.run("completion", never, (turn) =>
        suggest(model, prepared, turn),
      );
      return {
        text,
        promptTokens: usage.promptTokens,
        evaluatedTokens: usage.promptTokens - usage.cachedTokens,
        firstTokenMs: tenths(usage.firstTokenMs),
        totalMs: tenths(usage.totalMs),
        probability,
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
    completion: {
      modelPath,
      maxTokens: whole("max-tokens"),
      latencyTargetMs: whole("latency-target"),
      eagerness: optionOf(args, "eagerness", EAGERNESS_CHOICES, "eager"),
      multiline: optionOf(args, "multiline", MULTILINE_CHOICES, "auto"),
    },
    engine: { gpu: optionValue(args, "gpu"), threads: whole("threads") },
  });
}

/** The value of an option with so many choices. */
function optionOf<T extends string>(args: readonly string[], name: string, choices: readonly T[], standard: T): T {
  const value = optionValue(args, name) ?? standard;
  const choice = choices.find((one) => one === value);
  if (choice === undefined) {
    throw new UsageError(`--${name} is one of ${choices.join(", ")}`);
  }
  return choice;
}

function lineFeeds(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}

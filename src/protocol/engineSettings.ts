/**
 * The settings the inference process reads: the `llama2` section of the client's configuration, fetched with
 * `workspace/configuration`, or given as `initializationOptions` by clients without it. Same keys as in VS Code's settings.
 */
import { isRecord, numberOr, oneOf, stringOr, type JsonRecord, stringsOf } from "../base/json";
import { EAGERNESS_CHOICES, MULTILINE_CHOICES, type Eagerness, type Multiline } from "./completionSettings";
import { parseSampling, type Sampling } from "./sampling";

export const GPU_CHOICES = ["auto", "cuda", "vulkan", "metal", "cpu"] as const;
export type GpuChoice = (typeof GPU_CHOICES)[number];

export interface EngineSettings {
  /** `llama2.exclude`: files that are kept from completions, as patterns of .gitignore. */
  readonly exclude: readonly string[];
  /** `llama2.chat.modelPath`: absolute path of a GGUF file, or "" for none. */
  readonly chatModelPath: string;
  /** `llama2.completion.modelPath`: absolute path of a GGUF file, or "" for none. */
  readonly completionModelPath: string;
  /** `llama2.engine.gpu` */
  readonly gpu: GpuChoice;
  /** `llama2.engine.gpuLayers`: how many layers the GPU holds; `null` lets the engine choose what fits. */
  readonly gpuLayers: number | null;
  /** `llama2.engine.threads`: CPU threads; `null` means all cores but one, which is left to the editor. */
  readonly threads: number | null;
  /** `llama2.engine.contextSize`: tokens a conversation or a completion can hold; the model's own limit is never exceeded. */
  readonly contextSize: number;
  /** `llama2.hub.endpoint`: address of a mirror of the Hub, or "" for that of the environment. */
  readonly hubEndpoint: string;
  /** `llama2.hub.cacheFolder`: absolute path of the cache of downloaded models, or "" for that of the environment. */
  readonly hubCacheFolder: string;
  /** `llama2.engine.loraAdapters`: absolute paths of GGUF files, applied to every model that is loaded. */
  readonly adapters: readonly string[];
  /** `llama2.engine.idleUnloadMinutes`: without a request for so long, models leave memory; 0: never. */
  readonly idleUnloadMinutes: number;
  /** `llama2.chat.*`: what a chat request uses where it does not say otherwise. */
  readonly sampling: Sampling;
  /** `llama2.completion.maxTokens` */
  readonly completionMaxTokens: number;
  /** `llama2.completion.latencyTargetMs`: the prompt is as long as can be read within this time. */
  readonly completionLatencyTargetMs: number;
  /** `llama2.completion.eagerness`: how sure the model has to be of what is shown unasked. */
  readonly completionEagerness: Eagerness;
  /** `llama2.completion.multiline`: whether a suggestion may have several lines. */
  readonly completionMultiline: Multiline;
}

/** Reads the `llama2` section. Whatever is missing or of the wrong type takes its default. */
export function parseEngineSettings(section: unknown): EngineSettings {
  const root = isRecord(section) ? section : {};
  const chat = child(root, "chat");
  const completion = child(root, "completion");
  const engine = child(root, "engine");
  const hub = child(root, "hub");
  return {
    exclude: stringsOf(root["exclude"]),
    chatModelPath: stringOr(chat["modelPath"], "").trim(),
    completionModelPath: stringOr(completion["modelPath"], "").trim(),
    gpu: oneOf(engine["gpu"], GPU_CHOICES, "auto"),
    gpuLayers: wholeOrNull(engine["gpuLayers"], 0, 1000),
    threads: wholeOrNull(engine["threads"], 1, 256),
    contextSize: Math.round(numberOr(engine["contextSize"], 4096, 256, 131_072)),
    hubEndpoint: httpAddressOr(hub["endpoint"], ""),
    hubCacheFolder: stringOr(hub["cacheFolder"], "").trim(),
    adapters: stringsOf(engine["loraAdapters"]),
    idleUnloadMinutes: numberOr(engine["idleUnloadMinutes"], 15, 0, 10_000),
    sampling: parseSampling(chat),
    completionMaxTokens: Math.round(numberOr(completion["maxTokens"], 128, 1, 1024)),
    completionLatencyTargetMs: Math.round(numberOr(completion["latencyTargetMs"], 400, 50, 10_000)),
    completionEagerness: oneOf(completion["eagerness"], EAGERNESS_CHOICES, "balanced"),
    completionMultiline: oneOf(completion["multiline"], MULTILINE_CHOICES, "auto"),
  };
}

function child(record: JsonRecord, key: string): JsonRecord {
  const value = record[key];
  return isRecord(value) ? value : {};
}

function wholeOrNull(value: unknown, min: number, max: number): number | null {
  return typeof value === "number" && Number.isFinite(value) ? Math.round(numberOr(value, min, min, max)) : null;
}

/** What is no address is left out: a token would be sent there. */
function httpAddressOr(value: unknown, fallback: string): string {
  const text = stringOr(value, "").trim();
  return /^https?:\/\//.test(text) && URL.canParse(text) ? text : fallback;
}

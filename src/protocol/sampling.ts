/** How the next token of a chat answer is chosen. Ranges and defaults are those of the public Llama 2 chat demo. */
import { isRecord, numberOr } from "../base/json";

export interface Sampling {
  /** Longest answer, in tokens. */
  readonly maxTokens: number;
  /** 0 always takes the most probable token. */
  readonly temperature: number;
  readonly topP: number;
  readonly topK: number;
  /** 1 means no penalty. */
  readonly repeatPenalty: number;
  /** Makes an answer repeatable; `null` draws a new seed each time. */
  readonly seed: number | null;
}

/** Llama 2's reference code samples with temperature 0.6 and top-p 0.9. */
export const DEFAULT_SAMPLING: Sampling = {
  maxTokens: 1024,
  temperature: 0.6,
  topP: 0.9,
  topK: 50,
  repeatPenalty: 1.2,
  seed: null,
};

/** Reads sampling values, moved into their ranges; what is missing comes from `defaults`. */
export function parseSampling(value: unknown, defaults: Sampling = DEFAULT_SAMPLING): Sampling {
  const record = isRecord(value) ? value : {};
  const seed = record["seed"];
  return {
    maxTokens: Math.round(numberOr(record["maxTokens"], defaults.maxTokens, 1, 4096)),
    temperature: numberOr(record["temperature"], defaults.temperature, 0, 4),
    topP: numberOr(record["topP"], defaults.topP, 0.05, 1),
    topK: Math.round(numberOr(record["topK"], defaults.topK, 1, 1000)),
    repeatPenalty: numberOr(record["repeatPenalty"], defaults.repeatPenalty, 1, 2),
    seed: typeof seed === "number" && Number.isInteger(seed) ? seed : defaults.seed,
  };
}

/** Where a chat lets people choose: the public demo's controls. Settings take more, such as temperature 0. */
export const SAMPLING_RANGES = {
  maxTokens: { min: 1, max: 2048, whole: true },
  temperature: { min: 0.1, max: 4, whole: false },
  topP: { min: 0.05, max: 1, whole: false },
  topK: { min: 1, max: 1000, whole: true },
  repeatPenalty: { min: 1, max: 2, whole: false },
} as const satisfies Readonly<Record<string, { min: number; max: number; whole: boolean }>>;

/** Reads what a conversation changes of the settings: values that are there and numbers, moved into their ranges. */
export function parseSamplingOverrides(value: unknown): Partial<Sampling> {
  const record = isRecord(value) ? value : {};
  const all = parseSampling(record);
  return Object.fromEntries(
    Object.entries(all).filter(([key]) => typeof record[key] === "number" || (key === "seed" && record[key] === null)),
  );
}

/**
 * What the request handlers need of an inference engine. `localEngine.ts` implements it with node-llama-cpp; tests put a
 * scripted engine in its place.
 */
import type { FinishReason, LoadedModel, ModelRole } from "../../protocol/engine";
import type { GpuChoice } from "../../protocol/engineSettings";
import type { Sampling } from "../../protocol/sampling";
import type { ChatTemplate } from "../../prompt/templateChat";
import type { Vocabulary } from "../../prompt/tokenizer";

export interface LoadOptions {
  readonly path: string;
  /** The roles this model serves; each gets its own sequence, so that neither evicts the other's KV cache. */
  readonly roles: readonly ModelRole[];
  readonly gpu: GpuChoice;
  readonly gpuLayers: number | null;
  readonly threads: number | null;
  /** Tokens for each role's sequence; the model's trained context is never exceeded. */
  readonly contextSize: number;
  /** LoRA adapters for the model, absolute paths of GGUF files. */
  readonly adapters: readonly string[];
}

/** A graphics card as the engine sees it. */
export interface Graphics {
  readonly name: string;
  readonly freeBytes: number;
  /** Whether its memory is the machine's own, as on Apple silicon. */
  readonly sharesMemory: boolean;
}

export interface Engine {
  /**
   * Loads a model. `onProgress` gets 0 to 1. Fails with `EngineError`; an aborted load rejects with the signal's reason.
   */
  load(options: LoadOptions, onProgress: (fraction: number) => void, signal: AbortSignal): Promise<LanguageModel>;
  /** The graphics card that models would be computed on; undefined where the CPU computes. Starts the backend. */
  graphics(options: Pick<LoadOptions, "gpu" | "threads">): Promise<Graphics | undefined>;
  /** Whether memory holds this model beside those that are loaded now. False where it is not known. */
  fitsBeside(options: LoadOptions): Promise<boolean>;
  /** Frees everything, loaded models included. */
  dispose(): Promise<void>;
}

export interface LanguageModel {
  readonly info: LoadedModel;
  readonly vocabulary: Vocabulary;
  /** The chat template in the model's header, with the texts its special-token variables stand for. */
  readonly chatTemplate: ChatTemplate | undefined;
  /** Measured on completions; changes in large steps only. `undefined` before the first one that is long enough. */
  readonly prefillTokensPerSecond: number | undefined;
  /**
   * Evaluates a prompt on a role's sequence and generates. Tokens that the sequence still holds from the request before
   * are not evaluated again. One call at a time on each role. Aborting ends it at the next batch boundary with "cancelled".
   */
  generate(request: GenerateRequest, signal: AbortSignal): AsyncIterable<GenerationEvent>;
  dispose(): Promise<void>;
}

export interface GenerateRequest {
  readonly role: ModelRole;
  readonly prompt: readonly number[];
  readonly sampling: Sampling;
  /** The answer begins with this text: its first tokens are the most probable of those that spell it. Default: "". */
  readonly answerStart?: string;
  /**
   * Whether the answer so far is long enough: asked after every token, ends it with "stop". `probability` is that of the
   * token, 0 to 1; undefined where tokens are drawn and not the most probable ones.
   */
  readonly isComplete?: (answer: string, probability: number | undefined) => boolean;
  /** Awaited before every batch: the moment to let a more urgent request go first. */
  readonly yieldTurn: () => Promise<void>;
}

export type GenerationEvent =
  /** More text; whole characters only. */
  | { readonly kind: "text"; readonly text: string }
  /** Always last, and exactly once. */
  | { readonly kind: "end"; readonly finishReason: FinishReason; readonly usage: GenerationUsage };

export interface GenerationUsage {
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly answerTokens: number;
  /** Milliseconds from the call to the first generated token; to the end where there was none. */
  readonly firstTokenMs: number;
  readonly totalMs: number;
}

/** How well a model file completes code of the user: answers to places whose text is known, for a comparison of models. */
import { ProtocolRequestType, type PartialResultParams } from "vscode-languageserver-protocol";

/** A place in a file, as it was in a commit. Line ends are LF. */
export interface EvaluationPlace {
  /** Of the file; excluded ones are not answered. */
  readonly uri: string;
  readonly languageId: string;
  readonly prefix: string;
  readonly suffix: string;
}

export interface EvaluateCompletionParams extends PartialResultParams {
  /** Absolute path of a GGUF file. It is loaded for this request only, beside the models in use. */
  readonly modelPath: string;
  readonly places: readonly EvaluationPlace[];
}

export interface EvaluationAnswer {
  /** What would be suggested, "" for nothing. */
  readonly text: string;
  readonly firstTokenMs: number;
  readonly totalMs: number;
  readonly answerTokens: number;
}

export interface EvaluationResult {
  /** The model's name, and where it was computed. */
  readonly model: string;
  readonly device: string;
  /** Weights, KV cache and buffers; undefined where the header does not tell. */
  readonly memoryBytes?: number;
  /** In the order of the places; null for those in files that are excluded. */
  readonly answers: readonly (EvaluationAnswer | null)[];
}

export interface EvaluationProgress {
  /** Places that have been answered. */
  readonly done: number;
}

/**
 * Sent by the client for "Compare Models on My Code". Streams `EvaluationProgress` to `partialResultToken`. Completions that
 * the user waits for go first. Cancelling stops the model and fails with `RequestCancelled`; fails with the coded reason where
 * the file cannot be used.
 */
export const EvaluateCompletionRequest = {
  method: "llama2/evaluateCompletion",
  type: new ProtocolRequestType<EvaluateCompletionParams, EvaluationResult, EvaluationProgress, void, void>(
    "llama2/evaluateCompletion",
  ),
} as const;

/**
 * What the features of the extension know of the inference process: its state and what can be asked. Implemented by
 * engine/engineClient.ts; the features depend on this file only, so that tests can give them a fake.
 */
import type { ProtocolRequestType } from "vscode-languageclient";
import type { Disposable } from "../base/disposables";
import type { CompletionAnswer, CompletionFigures, CompletionParams } from "../protocol/completion";
import type {
  ChatParams,
  ChatResult,
  EngineState,
  ExplainParams,
  ExplainResult,
  LastPrompt,
  ModelDescription,
  ModelRole,
  ModelState,
  TokenCounts,
} from "../protocol/engine";

export type ConnectionState =
  /** Ended on purpose: the extension is shutting down. */
  | { readonly kind: "stopped" }
  | { readonly kind: "starting" }
  | { readonly kind: "running"; readonly models: EngineState }
  /** It died and is started again by itself. */
  | { readonly kind: "restarting"; readonly detail: string }
  /** It died too often; only the user starts it again. */
  | { readonly kind: "failed"; readonly detail: string };

/** Takes an answer while it is written. */
export interface AnswerSink {
  append(text: string): void;
  /** The process died and the question is asked again: what was appended so far is void. */
  startOver(): void;
}

export type ChatQuestion = Omit<ChatParams, "partialResultToken">;
export type ExplainQuestion = Omit<ExplainParams, "partialResultToken">;

/** Every request rejects with an `EngineError` for what can be expected, and with an `AbortError` when aborted before it was sent. */
export interface Engine {
  readonly state: ConnectionState;
  onDidChangeState(listener: (state: ConnectionState) => void): Disposable;
  /** Aborting stops the model; the answer so far is the result. */
  chat(question: ChatQuestion, sink: AnswerSink, signal: AbortSignal): Promise<ChatResult>;
  explain(question: ExplainQuestion, sink: AnswerSink, signal: AbortSignal): Promise<ExplainResult>;
  /** Aborting stops the model. Is not asked again when the process dies: the answer would come late. */
  complete(params: CompletionParams, signal: AbortSignal): Promise<CompletionAnswer>;
  /** Calls back with what each completion cost, after its answer. */
  onDidComplete(listener: (figures: CompletionFigures) => void): Disposable;
  /** Whether a chat or an explanation is being answered. */
  readonly isAnswering: boolean;
  /** Reads the header of a GGUF file. */
  inspectModel(path: string, signal: AbortSignal): Promise<ModelDescription>;
  /** Frees the memory of all models until the next request. */
  unloadModels(signal: AbortSignal): Promise<void>;
  /** `null` before the first request. */
  lastPrompt(signal: AbortSignal): Promise<LastPrompt | null>;
  /**
   * What the last turn, written so far, would use of the context. Answers at once: `null` where there is no process or no
   * chat model in it. Rejects when the process dies meanwhile.
   */
  countTokens(question: ChatQuestion, signal: AbortSignal): Promise<TokenCounts | null>;
  /** Any other request; asked again when the process dies. `onPartialResult` takes the pieces of the answer. */
  request<P extends object, R, PR>(
    type: ProtocolRequestType<P, R, PR, void, void>,
    params: P,
    signal: AbortSignal,
    onPartialResult?: (piece: PR) => void,
  ): Promise<R>;
  /** Whether the document is mirrored to the process, which `explain` and completion need. */
  isSynced(uri: string): boolean;
  restart(): Promise<void>;
}

/** The state of one model as people see it: while the process is not there, nothing is. `path` is the configured file. */
export function modelState(state: ConnectionState, role: ModelRole, path: string): ModelState {
  switch (state.kind) {
    case "running":
      return state.models[role];
    case "starting":
    case "restarting":
      return path === "" ? { kind: "stopped" } : { kind: "loading", path, fraction: 0 };
    case "failed":
      return { kind: "failed", path, error: { code: "crashed", detail: state.detail } };
    case "stopped":
      return { kind: "stopped" };
  }
}

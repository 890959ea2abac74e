/**
 * Every `llama2/*` message between a client (the VS Code extension, or any LSP client) and the inference process.
 * docs/protocol.md explains them with examples. Texts of documents and positions are those of LSP: UTF-16, zero-based.
 */
import {
  ProtocolNotificationType,
  ProtocolRequestType,
  ProtocolRequestType0,
  type PartialResultParams,
  type Range,
  type TextDocumentIdentifier,
} from "vscode-languageserver-protocol";
import type { EngineErrorData } from "./engineErrors";
import type { ExplainContext } from "./explain";
import type { Sampling } from "./sampling";

/** What a model is loaded for. */
export type ModelRole = "chat" | "completion";

// ---------------------------------------------------------------------------------------------------------- chat

/** A piece of code that goes with a user turn. The client sends what it is; the server writes it into the prompt. */
export interface Attachment {
  readonly uri: string;
  readonly languageId: string;
  /** Where the text stands in the document; absent for a whole document. */
  readonly range?: Range;
  readonly text: string;
  /** What it is, where it is no piece of a document: "Problems in knn.py". Written in place of the file's name. */
  readonly title?: string;
  /** Its path in the workspace, with slashes. Written by the server, which knows the folders; without it the file's name is. */
  readonly path?: string;
  /**
   * What of it matters most, such as the cursor's line, in the document's positions. Where the whole is too long, the lines
   * farthest from it are left out. Without it the end is.
   */
  readonly focus?: Range;
  /** How many lines are left out before and after `text`. Written by the server; sent back with later questions. */
  readonly omitted?: OmittedLines;
}

export interface OmittedLines {
  readonly before: number;
  readonly after: number;
}

/** One turn of a conversation: an optional system turn first, then user and assistant turns by turns, a user turn last. */
export type ChatTurn = { readonly role: "system" | "assistant"; readonly content: string } | UserTurn;

export interface UserTurn {
  readonly role: "user";
  readonly content: string;
  readonly attachments?: readonly Attachment[];
}

export interface ChatParams extends PartialResultParams {
  readonly turns: readonly ChatTurn[];
  /** Overrides of the settings `llama2.chat.*`. */
  readonly sampling?: Partial<Sampling>;
}

/**
 * Partial result of chat and explain: the next piece of the answer. Appended in order, the pieces are the whole text but
 * for white space at its end.
 */
export interface ChatChunk {
  readonly text: string;
}

/** Why an answer ended: the model ended it, the token limit was reached, or the request was cancelled. */
export type FinishReason = "stop" | "length" | "cancelled";

/** What an answer cost. */
export interface GenerationFigures {
  /** The model's file name without ".gguf". */
  readonly model: string;
  /** Where it was computed, e.g. "CPU" or "Vulkan (NVIDIA RTX 3070)". */
  readonly device: string;
  readonly promptTokens: number;
  /** How many of the prompt's tokens were still in the KV cache and were not evaluated again. */
  readonly cachedTokens: number;
  readonly answerTokens: number;
  /** From the request's arrival to the first generated token, in milliseconds. */
  readonly firstTokenMs: number;
  readonly totalMs: number;
  /** Generation speed, prompt evaluation not counted; 0 where fewer than two tokens were generated. */
  readonly tokensPerSecond: number;
}

export interface ChatResult {
  /** The whole answer, also where it was streamed; never with outer white space. */
  readonly text: string;
  readonly finishReason: FinishReason;
  readonly figures: GenerationFigures;
  /** How many of the oldest question-and-answer pairs did not fit the context and were left out. */
  readonly droppedPairs: number;
  /**
   * The turn that was asked, where it is not the one that was sent: its attachments are shortened. To stand in the
   * conversation in its place, so that the next question finds it in the KV cache.
   */
  readonly question?: UserTurn;
}

/**
 * Sent by the client when the user asks something in the chat. Streams `ChatChunk`s to `partialResultToken`. Cancelling
 * stops the model and answers with what there is (`finishReason: "cancelled"`). Fails with `noModel`, `promptTooLong`...
 */
export const ChatRequest = {
  method: "llama2/chat",
  type: new ProtocolRequestType<ChatParams, ChatResult, ChatChunk, void, void>("llama2/chat"),
} as const;

export interface ExplainParams extends PartialResultParams, ExplainContext {
  readonly textDocument: TextDocumentIdentifier;
  /** The code to explain, in a document that is open (synchronised). */
  readonly range: Range;
  /** What of it matters most, such as the cursor's line; decides what is left of code that is too long. */
  readonly focus?: Range;
  /** What else the user attached. */
  readonly attachments?: readonly Attachment[];
  /** The conversation that the explanation continues: a system turn, and whole question-and-answer pairs. */
  readonly history?: readonly ChatTurn[];
  readonly sampling?: Partial<Sampling>;
}

export interface ExplainResult extends ChatResult {
  /** The turn that was asked, shortened or not, so that follow-up questions know the code. */
  readonly question: UserTurn;
}

/** Sent by the client when the user asks for an explanation of code. Streams and ends like `llama2/chat`. */
export const ExplainRequest = {
  method: "llama2/explain",
  type: new ProtocolRequestType<ExplainParams, ExplainResult, ChatChunk, void, void>("llama2/explain"),
} as const;

/** What a question would use of the context; nothing is evaluated. */
export interface TokenCounts {
  /** The context of the model that is loaded. */
  readonly contextTokens: number;
  /** How many of them are kept free for the answer. */
  readonly answerTokens: number;
  /** The prompt, as it would be asked now: without the pairs that do not fit, and with attachments as long as they may be. */
  readonly promptTokens: number;
  /** How many of the oldest pairs would be left out. */
  readonly droppedPairs: number;
  /** What each attachment of the last turn costs, if it is not shortened; in their order. */
  readonly attachmentTokens: readonly number[];
  /** The last turn would be refused with `promptTooLong`: `promptTokens` is then what it would need. */
  readonly tooLong: boolean;
}

/**
 * Sent by the client while a question is being written, for a conversation whose last turn is that question as it is so far,
 * which may be empty. Answers at once: `null` while no chat model is in memory.
 */
export const CountTokensRequest = {
  method: "llama2/countTokens",
  type: new ProtocolRequestType<Pick<ChatParams, "turns" | "sampling">, TokenCounts | null, never, void, void>(
    "llama2/countTokens",
  ),
} as const;

// -------------------------------------------------------------------------------------------------------- models

/** What a model can do, read from its header. */
export interface ModelCapabilities {
  readonly chat: boolean;
  /** Fills in between a prefix and a suffix; without it completion sees only what stands before the cursor. */
  readonly infill: boolean;
}

/** How a model's conversations are written: Llama 2's own format, or the template in the file's header. */
export type PromptFormat = "llama2" | "template";

/** What people should know before they use a file. */
export type ModelWarning =
  /** It is no Llama: it may work, but nothing here was made for it. */
  | "otherArchitecture"
  /** It completes from what stands before the cursor only. */
  | "noInfill"
  /** Neither its header nor its name says that it was trained to chat. */
  | "notForChat"
  /** An old conversion of Code Llama, read with Llama 2's rope base: it gets worse with every token of context. */
  | "noRopeBase";

/** Facts about a GGUF file. */
export interface ModelDescription {
  readonly path: string;
  readonly name: string;
  readonly architecture: string;
  /** e.g. "Q4_K_M" */
  readonly quantization: string;
  readonly bytes: number;
  /** Tokens of context the model was trained with. */
  readonly trainedContext: number;
  /** How text becomes tokens: "llama" is SentencePiece. */
  readonly tokenizer: string;
  /** Absent where the header does not have it: the engine then takes Llama 2's. */
  readonly ropeBase?: number;
  /** Where a model is split over several files: which one this is, counted from 1. */
  readonly part?: { readonly index: number; readonly count: number };
  readonly promptFormat: PromptFormat;
  readonly capabilities: ModelCapabilities;
  readonly warnings: readonly ModelWarning[];
}

/** Sent by the client before it offers a file for use. Reads the header only; fails with the coded reason. */
export const InspectModelRequest = {
  method: "llama2/inspectModel",
  type: new ProtocolRequestType<{ readonly path: string }, ModelDescription, never, void, void>("llama2/inspectModel"),
} as const;

/** A model in memory. */
export interface LoadedModel {
  readonly name: string;
  readonly path: string;
  readonly device: string;
  /** Layers computed by the GPU, of `layers` in all. */
  readonly gpuLayers: number;
  readonly layers: number;
  readonly contextSize: number;
  readonly promptFormat: PromptFormat;
  readonly capabilities: ModelCapabilities;
  /** Where memory did not suffice for what was asked for: what was given up. */
  readonly reduced?: LoadReduction;
  /** Where the CPU computes by the engine's own choice although there is a graphics card. */
  readonly unusedGraphics?: UnusedGraphics;
}

/** Vulkan's loader is a library of the system, its driver one of the card's maker; without both the card cannot compute. */
export interface UnusedGraphics {
  readonly vendor: "NVIDIA" | "AMD";
  readonly lacks: "vulkanLoader" | "vulkanDriver";
}

/** Fewer layers on the graphics card, or none, or a smaller context. */
export type LoadReduction = "fewerGpuLayers" | "noGpu" | "smallerContext";

export type ModelState =
  | { readonly kind: "stopped" }
  /** `serving` answers meanwhile: the model that is being replaced. */
  | {
      readonly kind: "loading";
      readonly path: string;
      /** 0 to 1 */
      readonly fraction: number;
      readonly serving?: LoadedModel;
    }
  /** It has left memory after a time without requests, or at the user's wish; the next request loads it again. */
  | { readonly kind: "unloaded"; readonly path: string }
  | { readonly kind: "ready"; readonly model: LoadedModel }
  | { readonly kind: "failed"; readonly path: string; readonly error: EngineErrorData };

/** The state of the model for each role; both name the same model where one file serves both. */
export type EngineState = Readonly<Record<ModelRole, ModelState>>;

/** Sent by the server whenever a model's state changes, and once after `initialized`. */
export const EngineStateNotification = {
  method: "llama2/engineState",
  type: new ProtocolNotificationType<EngineState, void>("llama2/engineState"),
} as const;

/**
 * Sent by the client when the user wants the memory back. Every model leaves memory (state `unloaded`) until the next request;
 * what is being answered is cancelled. Answers when the memory is free.
 */
export const UnloadModelsRequest = {
  method: "llama2/unloadModels",
  type: new ProtocolRequestType0<null, never, void, void>("llama2/unloadModels"),
} as const;

// --------------------------------------------------------------------------------------------------- diagnostics

/** The exact prompt of a request, and what answering it cost. */
export interface LastPrompt {
  readonly request: "chat" | "explain" | "completion";
  /** The prompt as text; special tokens are written as their names, e.g. `<s>`, `<PRE>`. */
  readonly text: string;
  readonly tokens: number;
  /** Absent while the request is running. */
  readonly figures?: GenerationFigures;
}

/** Sent by the client for "Show Last Prompt". Answers `null` before the first request. */
export const LastPromptRequest = {
  method: "llama2/lastPrompt",
  type: new ProtocolRequestType0<LastPrompt | null, never, void, void>("llama2/lastPrompt"),
} as const;

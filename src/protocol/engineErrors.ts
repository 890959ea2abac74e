/**
 * Coded errors of the inference process. They cross the wire as JSON-RPC errors with code `ENGINE_ERROR` and
 * `EngineErrorData` as data; clients branch on `data.code` and never read the message.
 */
import { isRecord } from "../base/json";

/** JSON-RPC error code of every error that carries `EngineErrorData` (outside the ranges reserved by JSON-RPC and LSP). */
export const ENGINE_ERROR = -31001;

export type EngineErrorData =
  | { readonly code: "noModel"; readonly role: "chat" | "completion" }
  | { readonly code: "modelNotFound"; readonly path: string }
  | { readonly code: "modelIsDirectory"; readonly path: string }
  | { readonly code: "modelNotReadable"; readonly path: string; readonly detail: string }
  | { readonly code: "notGguf"; readonly path: string }
  /** `expectedBytes` is absent where the file ends within its header, which says how long it should be. */
  | {
      readonly code: "truncatedGguf";
      readonly path: string;
      readonly actualBytes: number;
      readonly expectedBytes?: number;
    }
  | { readonly code: "unsupportedModel"; readonly path: string; readonly detail: string }
  | { readonly code: "outOfMemory"; readonly path: string; readonly detail: string }
  | { readonly code: "noBackend"; readonly gpu: string; readonly detail: string }
  | { readonly code: "loadFailed"; readonly path: string; readonly detail: string }
  | { readonly code: "promptTooLong"; readonly promptTokens: number; readonly contextTokens: number }
  | { readonly code: "unknownDocument"; readonly uri: string }
  | { readonly code: "generationFailed"; readonly detail: string }
  | { readonly code: "crashed"; readonly detail: string };

export type EngineErrorCode = EngineErrorData["code"];

const CODES: readonly EngineErrorCode[] = [
  "noModel",
  "modelNotFound",
  "modelIsDirectory",
  "modelNotReadable",
  "notGguf",
  "truncatedGguf",
  "unsupportedModel",
  "outOfMemory",
  "noBackend",
  "loadFailed",
  "promptTooLong",
  "unknownDocument",
  "generationFailed",
  "crashed",
];

/** An expected failure of the engine, with the data a client needs to say what to do next. */
export class EngineError extends Error {
  constructor(
    readonly data: EngineErrorData,
    options?: ErrorOptions,
  ) {
    super(engineErrorMessage(data), options);
    this.name = "EngineError";
  }
}

/** Recognises `EngineErrorData` in a JSON-RPC error's data; `undefined` when it is something else. */
export function parseEngineErrorData(data: unknown): EngineErrorData | undefined {
  return isEngineErrorData(data) ? data : undefined;
}

function isEngineErrorData(data: unknown): data is EngineErrorData {
  return isRecord(data) && CODES.some((code) => code === data["code"]);
}

/** What happened and what to do next, in one or two sentences. */
export function engineErrorMessage(data: EngineErrorData): string {
  switch (data.code) {
    case "noModel":
      return `No ${data.role} model is selected. Run "Llama 2: Select Model File…" and pick a GGUF file.`;
    case "modelNotFound":
      return `The model file ${data.path} does not exist. Select another file, or put it back and restart the engine.`;
    case "modelIsDirectory":
      return `${data.path} is a folder. Select the .gguf file inside it.`;
    case "modelNotReadable":
      return `The model file ${data.path} cannot be read (${data.detail}). Check its permissions, then restart the engine.`;
    case "notGguf":
      return `${data.path} is not a GGUF model: it does not begin with "GGUF". Select a model file in GGUF format.`;
    case "truncatedGguf":
      return `${data.path} is incomplete: it ends after ${byteCount(data.actualBytes)}${data.expectedBytes === undefined ? "" : ` of ${byteCount(data.expectedBytes)}`}. Download it again.`;
    case "unsupportedModel":
      return `${data.path} cannot be used: ${data.detail}. Select a Llama 2 or Code Llama model in GGUF format.`;
    case "outOfMemory":
      return `Not enough memory for ${data.path} (${data.detail}). Choose a smaller file, fewer GPU layers or a smaller context.`;
    case "noBackend":
      return `The compute backend "${data.gpu}" does not work on this machine (${data.detail}). Set llama2.engine.gpu to "auto" or "cpu".`;
    case "loadFailed":
      return `The model ${data.path} could not be loaded (${data.detail}). The log has the details ("Llama 2: Show Log").`;
    case "promptTooLong":
      return `The question needs ${String(data.promptTokens)} tokens, and the context has room for ${String(data.contextTokens)}. Shorten it, or raise llama2.engine.contextSize.`;
    case "unknownDocument":
      return `The document ${data.uri} is not open in the editor. Open it and ask again.`;
    case "generationFailed":
      return `The model stopped with an error (${data.detail}). Ask again; if it happens again, restart the engine.`;
    case "crashed":
      return `The engine stopped unexpectedly (${data.detail}). Use "Llama 2: Restart Engine"; the log has the details.`;
  }
}

function byteCount(count: number): string {
  return `${count.toLocaleString("en-US")} bytes`;
}

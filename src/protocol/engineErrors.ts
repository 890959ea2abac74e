/**
 * Coded errors of the inference process. They cross the wire as JSON-RPC errors with code `ENGINE_ERROR` and
 * `EngineErrorData` as data; clients branch on `data.code` and never read the message.
 */
import { isRecord } from "../base/json";
import { inEnglish, type Translate } from "../base/localize";
import { HUB_ERROR_CODES, hubErrorMessage, type HubErrorData } from "./hubErrors";

/** JSON-RPC error code of every error that carries `EngineErrorData` (outside the ranges reserved by JSON-RPC and LSP). */
export const ENGINE_ERROR = -31001;

export type EngineErrorData =
  | HubErrorData
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
  | { readonly code: "adapterFailed"; readonly path: string; readonly adapter: string; readonly detail: string }
  | { readonly code: "promptTooLong"; readonly promptTokens: number; readonly contextTokens: number }
  | { readonly code: "unknownDocument"; readonly uri: string }
  | { readonly code: "generationFailed"; readonly detail: string }
  | { readonly code: "crashed"; readonly detail: string };

export type EngineErrorCode = EngineErrorData["code"];

const CODES: readonly EngineErrorCode[] = [
  ...HUB_ERROR_CODES,
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
  "adapterFailed",
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
  return isRecord(data) && parseEngineErrorCode(data["code"]) !== undefined;
}

/** `undefined` for anything that is no code. */
export function parseEngineErrorCode(value: unknown): EngineErrorCode | undefined {
  return CODES.find((code) => code === value);
}

/** What happened and what to do next, in one or two sentences. */
export function engineErrorMessage(data: EngineErrorData, translate: Translate = inEnglish): string {
  switch (data.code) {
    case "noModel":
      return data.role === "chat"
        ? translate('No chat model is selected. Run "Llama 2: Select Model File…" and pick a GGUF file.')
        : translate('No completion model is selected. Run "Llama 2: Select Model File…" and pick a GGUF file.');
    case "modelNotFound":
    case "modelIsDirectory":
    case "modelNotReadable":
    case "notGguf":
    case "truncatedGguf":
    case "unsupportedModel":
      return modelFileMessage(data, translate);
    case "outOfMemory":
      return translate(
        "Not enough memory for {0} ({1}). Choose a smaller file, fewer GPU layers or a smaller context.",
        data.path,
        data.detail,
      );
    case "noBackend":
      return translate(
        'The compute backend "{0}" does not work on this machine ({1}). Set llama2.engine.gpu to "auto" or "cpu".',
        data.gpu,
        data.detail,
      );
    case "loadFailed":
      return translate(
        'The model {0} could not be loaded ({1}). The log has the details ("Llama 2: Show Log").',
        data.path,
        data.detail,
      );
    case "adapterFailed":
      return translate(
        "The adapter {0} does not work with {1} ({2}). Correct llama2.engine.loraAdapters.",
        data.adapter,
        data.path,
        data.detail,
      );
    case "promptTooLong":
      return translate(
        "The question needs {0} tokens, and the context has room for {1}. Shorten it, or raise llama2.engine.contextSize.",
        data.promptTokens,
        data.contextTokens,
      );
    case "unknownDocument":
      return translate("The document {0} is not open in the editor. Open it and ask again.", data.uri);
    case "generationFailed":
      return translate(
        "The model stopped with an error ({0}). Ask again; if it happens again, restart the engine.",
        data.detail,
      );
    case "crashed":
      return translate(
        'The engine stopped unexpectedly ({0}). Use "Llama 2: Restart Engine"; the log has the details.',
        data.detail,
      );
    default:
      return hubErrorMessage(data, translate);
  }
}

type ModelFileError = Extract<
  EngineErrorData,
  {
    code: "modelNotFound" | "modelIsDirectory" | "modelNotReadable" | "notGguf" | "truncatedGguf" | "unsupportedModel";
  }
>;

function modelFileMessage(data: ModelFileError, translate: Translate): string {
  switch (data.code) {
    case "modelNotFound":
      return translate(
        "The model file {0} does not exist. Select another file, or put it back and restart the engine.",
        data.path,
      );
    case "modelIsDirectory":
      return translate("{0} is a folder. Select the .gguf file inside it.", data.path);
    case "modelNotReadable":
      return translate(
        "The model file {0} cannot be read ({1}). Check its permissions, then restart the engine.",
        data.path,
        data.detail,
      );
    case "notGguf":
      return translate(
        '{0} is not a GGUF model: it does not begin with "GGUF". Select a model file in GGUF format.',
        data.path,
      );
    case "truncatedGguf":
      return truncatedMessage(data, translate);
    case "unsupportedModel":
      return translate(
        "{0} cannot be used: {1}. Select a Llama 2 or Code Llama model in GGUF format.",
        data.path,
        data.detail,
      );
  }
}

function truncatedMessage(
  { path, actualBytes, expectedBytes }: Extract<EngineErrorData, { code: "truncatedGguf" }>,
  translate: Translate,
): string {
  const actual = actualBytes.toLocaleString("en-US");
  return expectedBytes === undefined
    ? translate("{0} is incomplete: it ends after {1} bytes. Download it again.", path, actual)
    : translate(
        "{0} is incomplete: it ends after {1} bytes of {2}. Download it again.",
        path,
        actual,
        expectedBytes.toLocaleString("en-US"),
      );
}

/**
 * Messages between the extension and the chat page. The conversation lives in the extension; the page draws what it is
 * told and reports what the user does. What comes from the page is parsed, never trusted.
 */
import { isRecord, numberOr, stringOr } from "../base/json";
import { parseAttachmentAction, type AttachmentAction, type PastedIsCode } from "./attachments";
import {
  conversationUpdateTypes,
  parseConversationAction,
  type ConversationAction,
  type ConversationUpdate,
} from "./chatActions";
import { parseCodeBlockAction, type CodeBlockAction } from "./codeBlocks";
import type { GenerationFigures, ModelState, TokenCounts } from "./engine";
import { engineErrorMessage, type EngineErrorCode } from "./engineErrors";
import { SAMPLING_RANGES, type Sampling } from "./sampling";
import { EXPLAIN_LEVELS, type ExplainLevel } from "./explain";
import { parseSuggest, type SuggestPick, type SuggestReply, type SuggestRequest } from "./suggestions";

/** What the page needs of other protocol files: it imports this one only. */
export { engineErrorMessage, EXPLAIN_LEVELS, SAMPLING_RANGES };
export type { ConversationOptions, ConversationUpdate } from "./chatActions";
export type { EngineErrorCode, ExplainLevel, GenerationFigures, ModelState, Sampling, TokenCounts };
export type { AttachmentAction, PastedIsCode } from "./attachments";
export type { SuggestPick, SuggestReply, SuggestRequest };
export type { Suggestion, SuggestTrigger } from "./suggestions";

/** A piece of code shown as a chip. */
export interface ViewAttachment {
  /** File name and lines for people, e.g. "knn.py:3-12". */
  readonly label: string;
  readonly languageId: string;
  readonly text: string;
  /** Name of a codicon, where it is not a piece of a file. */
  readonly icon?: string;
  /** How many of its lines the model did not get, because it was too long. */
  readonly omittedLines?: number;
}

export type ViewMessage = ViewQuestion | ViewAnswer;

export interface ViewQuestion {
  readonly role: "user";
  readonly id: string;
  readonly text: string;
  readonly attachments: readonly ViewAttachment[];
}

export interface ViewAnswer {
  readonly role: "assistant";
  readonly id: string;
  /** Markdown, as the model wrote it: untrusted. */
  readonly text: string;
  readonly status: AnswerStatus;
  /** Lines of a file, from 1, that the answer may name: the code that was asked about, where it still stands there. */
  readonly lines?: LineRange;
  /** Where it is an explanation: the level it was asked at. `explainAgain` asks at another one. */
  readonly level?: ExplainLevel;
}

export interface LineRange {
  readonly first: number;
  readonly last: number;
}

export type AnswerStatus =
  /** `waiting` while the model is loading or busy; `streaming` once text may come. */
  | { readonly kind: "waiting"; readonly reason: string }
  | { readonly kind: "streaming" }
  | { readonly kind: "done"; readonly figures: GenerationFigures; readonly note?: string }
  | { readonly kind: "stopped"; readonly figures?: GenerationFigures }
  /** `code` where the engine gave one: the page then offers what helps. */
  | { readonly kind: "failed"; readonly message: string; readonly code?: EngineErrorCode };

export type ToView =
  /** The whole state: after `ready`, and whenever another conversation is shown. */
  | {
      readonly type: "conversation";
      readonly messages: readonly ViewMessage[];
      readonly pending: readonly ViewAttachment[];
    }
  /** A message that is new, or replaces the one with its id. */
  | { readonly type: "message"; readonly message: ViewMessage }
  /** More text for the answer with this id. */
  | { readonly type: "append"; readonly id: string; readonly text: string }
  /** The attachments that the next question will carry. */
  | { readonly type: "pending"; readonly pending: readonly ViewAttachment[] }
  /** The state of the chat model. */
  | { readonly type: "engine"; readonly state: ModelState }
  | { readonly type: "focusInput" }
  | SuggestReply
  | PastedIsCode
  | ConversationUpdate;

const toViewTypes: readonly ToView["type"][] = [
  ...(["conversation", "message", "append", "pending", "engine", "focusInput"] as const),
  "suggestions",
  "pastedIsCode",
  ...conversationUpdateTypes,
];

/** Recognises a message of the extension. Its content is trusted: both sides are built from this file, in one package. */
export function parseToView(data: unknown): ToView | undefined {
  return isToView(data) ? data : undefined;
}

function isToView(data: unknown): data is ToView {
  return isRecord(data) && toViewTypes.some((type) => type === data["type"]);
}

export type FromView =
  | { readonly type: "ready" }
  | { readonly type: "send"; readonly text: string }
  | { readonly type: "stop" }
  | { readonly type: "newChat" }
  | { readonly type: "selectModel" }
  | { readonly type: "downloadModel" }
  | { readonly type: "restartEngine" }
  | { readonly type: "showLog" }
  | CodeBlockAction
  | { readonly type: "openLink"; readonly href: string }
  /** Shows the code of an attachment in its editor; without `messageId` one of the pending ones. */
  | { readonly type: "openAttachment"; readonly messageId?: string; readonly index: number }
  | { readonly type: "removePending"; readonly index: number }
  /** Selects lines, from 1, of the file that the question of this answer was about. */
  | ({ readonly type: "openLines"; readonly messageId: string } & LineRange)
  | SuggestRequest
  | SuggestPick
  | AttachmentAction
  | ConversationAction;

/** Parses a message of the page; `undefined` for anything that is none. */
export function parseFromView(data: unknown): FromView | undefined {
  if (!isRecord(data)) {
    return undefined;
  }
  const type = data["type"];
  switch (type) {
    case "ready":
    case "stop":
    case "newChat":
    case "selectModel":
    case "downloadModel":
    case "restartEngine":
    case "showLog":
      return { type };
    case "send":
      return { type, text: stringOr(data["text"], "") };
    case "openLink":
      return { type, href: stringOr(data["href"], "") };
    case "openLines":
      return {
        type,
        messageId: stringOr(data["messageId"], ""),
        first: index(data["first"]),
        last: index(data["last"]),
      };
    case "removePending":
      return { type, index: index(data["index"]) };
    case "openAttachment": {
      const messageId = data["messageId"];
      return { type, index: index(data["index"]), ...(typeof messageId === "string" ? { messageId } : {}) };
    }
    case "suggest":
    case "pick":
      return parseSuggest(data);
    case "dropped":
    case "pasted":
      return parseAttachmentAction(data);
    default:
      return parseCodeBlockAction(data) ?? parseConversationAction(data);
  }
}

function index(value: unknown): number {
  return Math.round(numberOr(value, 0, 0, Number.MAX_SAFE_INTEGER));
}

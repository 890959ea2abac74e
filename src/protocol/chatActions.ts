/**
 * What the chat page asks to be done to the conversation, and what it is told beside the messages themselves. Part of
 * chatView.ts, which the page imports.
 */
import { isRecord, stringOr, type JsonRecord } from "../base/json";
import type { TokenCounts } from "./engine";
import { parseExplainLevel, type ExplainLevel } from "./explain";
import { parseSamplingOverrides, type Sampling } from "./sampling";

/** Questions and answers are named by the id of the question. While an answer is being written all but `draft` do nothing. */
export type ConversationAction =
  /** Has the last question answered once more. */
  | { readonly type: "retry" }
  /** Has the last question, which asks for an explanation, answered once more at this level. */
  | { readonly type: "explainAgain"; readonly level: ExplainLevel }
  /** Takes the last question, with its attachments, back into the box; the extension answers `takenBack`. */
  | { readonly type: "undo" }
  /** Asks an earlier question with another text; what followed it is dropped. `attachments` are the indexes of those kept. */
  | {
      readonly type: "resend";
      readonly messageId: string;
      readonly text: string;
      readonly attachments: readonly number[];
    }
  | { readonly type: "deleteExchange"; readonly messageId: string }
  | { readonly type: "clear" }
  /** Brings back what was deleted or cleared last. */
  | { readonly type: "restore" }
  /** What stands in the box, after a pause in typing; for the context meter. */
  | { readonly type: "draft"; readonly text: string }
  /** Sampling values and system prompt of this conversation; what is absent is the settings'. */
  | { readonly type: "setOptions"; readonly sampling: Partial<Sampling>; readonly systemPrompt?: string };

export type ConversationUpdate =
  /** These messages are gone. */
  | { readonly type: "removed"; readonly ids: readonly string[] }
  /** A question goes back into the box. */
  | { readonly type: "takenBack"; readonly text: string }
  /** The model no longer sees what stands above this question; absent: it sees everything. */
  | { readonly type: "seenFrom"; readonly id?: string }
  /** How many questions `restore` would bring back. */
  | { readonly type: "restorable"; readonly count: number }
  /** What the question in the box would use of the context, its attachments in order; absent where that is not known. */
  | { readonly type: "usage"; readonly usage?: TokenCounts }
  | { readonly type: "options"; readonly options: ConversationOptions };

/** What holds for this conversation, and what the settings say. */
export interface ConversationOptions {
  readonly sampling: Sampling;
  readonly systemPrompt: string;
  readonly defaults: { readonly sampling: Sampling; readonly systemPrompt: string };
}

export const conversationUpdateTypes: readonly ConversationUpdate["type"][] = [
  "removed",
  "takenBack",
  "seenFrom",
  "restorable",
  "usage",
  "options",
];

/** Parses a message of the page; `undefined` for anything that is none of these. */
export function parseConversationAction(data: JsonRecord): ConversationAction | undefined {
  const type = data["type"];
  const messageId = stringOr(data["messageId"], "");
  switch (type) {
    case "retry":
    case "undo":
    case "clear":
    case "restore":
      return { type };
    case "explainAgain": {
      const level = parseExplainLevel(data["level"]);
      return level === undefined ? undefined : { type, level };
    }
    case "resend":
      return { type, messageId, text: stringOr(data["text"], ""), attachments: indexes(data["attachments"]) };
    case "deleteExchange":
      return { type, messageId };
    case "draft":
      return { type, text: stringOr(data["text"], "") };
    case "setOptions": {
      const { systemPrompt } = data;
      const sampling = parseSamplingOverrides(isRecord(data["sampling"]) ? data["sampling"] : {});
      return { type, sampling, ...(typeof systemPrompt === "string" ? { systemPrompt } : {}) };
    }
    default:
      return undefined;
  }
}

function indexes(value: unknown): readonly number[] {
  return Array.isArray(value) ? value.filter((index): index is number => Number.isInteger(index)) : [];
}

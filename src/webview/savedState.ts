/** What survives when VS Code hides and re-creates the page: only what the extension does not know. */
import { isRecord, stringOr, type JsonRecord } from "../base/json";

/** Where the conversation is scrolled to: following the end, or held by the reader so many pixels below a message's top. */
export type ScrollPosition =
  { readonly kind: "end" } | { readonly kind: "at"; readonly messageId: string; readonly offset: number };

/** An earlier question that is being edited. */
export interface QuestionEdit {
  readonly messageId: string;
  readonly text: string;
  /** Indexes of its attachments that are kept. */
  readonly attachments: readonly number[];
}

export interface SavedState {
  readonly draft: string;
  readonly scroll: ScrollPosition;
  readonly edit?: QuestionEdit | undefined;
  /** Whether the drawer with sampling and system prompt is open. */
  readonly optionsOpen: boolean;
}

/** Anything unknown gives the state of a new page. */
export function parseSavedState(data: unknown): SavedState {
  const record = isRecord(data) ? data : {};
  return {
    draft: stringOr(record["draft"], ""),
    scroll: parseScroll(record["scroll"]),
    edit: parseEdit(record["edit"]),
    optionsOpen: record["optionsOpen"] === true,
  };
}

function parseEdit(value: unknown): QuestionEdit | undefined {
  const record = isRecord(value) ? value : {};
  const { messageId, text, attachments } = record;
  return typeof messageId === "string" && typeof text === "string" && Array.isArray(attachments)
    ? { messageId, text, attachments: attachments.filter((index): index is number => Number.isInteger(index)) }
    : undefined;
}

function parseScroll(value: unknown): ScrollPosition {
  const { kind, messageId, offset }: JsonRecord = isRecord(value) ? value : {};
  return kind === "at" && typeof messageId === "string" && typeof offset === "number"
    ? { kind, messageId, offset }
    : { kind: "end" };
}

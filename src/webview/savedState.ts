/** What survives when VS Code hides and re-creates the page: only what the extension does not know. */
import { isRecord, stringOr } from "../base/json";

/** Where the conversation is scrolled to: following the end, or held by the reader at an offset in pixels. */
export type ScrollPosition = { readonly kind: "end" } | { readonly kind: "at"; readonly top: number };

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
  const scroll = isRecord(record["scroll"]) ? record["scroll"] : {};
  const top = scroll["top"];
  return {
    draft: stringOr(record["draft"], ""),
    scroll: scroll["kind"] === "at" && typeof top === "number" ? { kind: "at", top } : { kind: "end" },
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

/** What the page tells of files that were dropped on it and of text that was pasted. Part of chatView.ts. */
import { stringOr, stringsOf, type JsonRecord } from "../base/json";

export type AttachmentAction =
  /** Files were dropped on the page. Empty where what was dropped names no file that VS Code knows. */
  | { readonly type: "dropped"; readonly uris: readonly string[] }
  /** Several lines were pasted into the box. Where they are code of a document, `pastedIsCode` takes them out again. */
  | { readonly type: "pasted"; readonly text: string };

/** The pasted text is attached as code, with its place; it need not stand in the box. */
export interface PastedIsCode {
  readonly type: "pastedIsCode";
  readonly text: string;
}

const MAX_DROPPED = 100;

export function parseAttachmentAction(data: JsonRecord): AttachmentAction | undefined {
  switch (data["type"]) {
    case "dropped":
      return { type: "dropped", uris: stringsOf(data["uris"]).slice(0, MAX_DROPPED) };
    case "pasted":
      return { type: "pasted", text: stringOr(data["text"], "") };
    default:
      return undefined;
  }
}

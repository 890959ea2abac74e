/**
 * What can be added to a question, as a value: the id of an entry in the list over the message box, and what an
 * attachment is read again from when the question is sent. Pure.
 */
import { assertNever } from "../../../base/assertNever";
import { isRecord, oneOf } from "../../../base/json";

export type ContextItem =
  /** A whole document. */
  | { readonly kind: "file"; readonly uri: string }
  /** What is selected in the active editor. */
  | { readonly kind: "selection" }
  /** Every document that has an editor. */
  | { readonly kind: "openEditors" };

export function itemId(item: ContextItem): string {
  return JSON.stringify(item);
}

/** Reads an id that came back from the page, or an attachment's from the disk; `undefined` for anything that is none. */
export function parseItem(id: string): ContextItem | undefined {
  const data = parsedJson(id);
  if (!isRecord(data)) {
    return undefined;
  }
  const kind = oneOf(data["kind"], ["file", "selection", "openEditors", ""] as const, "");
  switch (kind) {
    case "file":
      return typeof data["uri"] === "string" && data["uri"] !== "" ? { kind, uri: data["uri"] } : undefined;
    case "selection":
    case "openEditors":
      return { kind };
    case "":
      return undefined;
    default:
      return assertNever(kind);
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the page is not trusted to send what it was given
  }
}

/** A piece of code or text that goes with a question: what the user sees of it, and what the model is sent. Pure. */
import { requireNumber, requireRecord, requireString, optional } from "../../base/parse";
import type { ViewAttachment } from "../../protocol/chatView";
import type { Attachment } from "../../protocol/engine";

/** A piece of code with what the page shows of it. */
export interface CodeAttachment extends Attachment {
  readonly label: string;
}

export function attachmentForView({ label, languageId, text }: CodeAttachment): ViewAttachment {
  return { label, languageId, text };
}

/** What the inference process gets: everything but what is only for people. */
export function attachmentForEngine({ uri, languageId, range, text }: CodeAttachment): Attachment {
  return { uri, languageId, text, ...(range === undefined ? {} : { range }) };
}

/** Reads an attachment of a saved conversation; throws `FormatError`. */
export function parseCodeAttachment(value: unknown, path: string): CodeAttachment {
  return {
    ...parseAttachment(value, path),
    label: requireString(requireRecord(value, path), "label", path),
  };
}

export function parseAttachment(value: unknown, path: string): Attachment {
  const record = requireRecord(value, path);
  const range = optional(record, "range", path, parseRange);
  return {
    uri: requireString(record, "uri", path),
    languageId: requireString(record, "languageId", path),
    text: requireString(record, "text", path),
    ...(range === undefined ? {} : { range }),
  };
}

function parseRange(value: unknown, path: string): NonNullable<Attachment["range"]> {
  const record = requireRecord(value, path);
  return {
    start: parsePosition(record["start"], `${path}.start`),
    end: parsePosition(record["end"], `${path}.end`),
  };
}

function parsePosition(value: unknown, path: string): { readonly line: number; readonly character: number } {
  const record = requireRecord(value, path);
  return { line: requireNumber(record, "line", path, 0), character: requireNumber(record, "character", path, 0) };
}

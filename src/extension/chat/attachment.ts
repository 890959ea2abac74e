/** A piece of code or text that goes with a question: what the user sees of it, and what the model is sent. Pure. */
import { requireNumber, requireRecord, requireString, optional } from "../../base/parse";
import type { ViewAttachment } from "../../protocol/chatView";
import type { Attachment } from "../../protocol/engine";

/** A piece of code with what the page shows of it. */
export interface CodeAttachment extends Attachment {
  readonly label: string;
  /** Name of a codicon, where it is not a piece of a file. */
  readonly icon?: string;
  /**
   * What it is read again from when the question is sent (context/contextItem.ts); absent where the text is to stay. Not
   * saved: a question that was sent is not read again.
   */
  readonly source?: string;
}

/** `asked` is what the model was sent of it, where that is known. */
export function attachmentForView(attachment: CodeAttachment, asked?: Attachment): ViewAttachment {
  const { label, icon, languageId, text, uri } = attachment;
  const { before, after } = (asked?.uri === uri ? asked.omitted : undefined) ?? { before: 0, after: 0 };
  return {
    label,
    languageId,
    text,
    ...(icon === undefined ? {} : { icon }),
    ...(before + after === 0 ? {} : { omittedLines: before + after }),
  };
}

/** Whether both are the same file, the same piece of code, the same problems... so that one of them is enough. */
export function isSameAttachment(one: CodeAttachment, other: CodeAttachment): boolean {
  if (one.source !== undefined || other.source !== undefined) {
    return one.source === other.source;
  }
  const key = ({ uri, title, range, text }: CodeAttachment): string => JSON.stringify([uri, title, range, text]);
  return key(one) === key(other);
}

/** What the inference process gets: everything but what is only for people. */
export function attachmentForEngine(attachment: CodeAttachment): Attachment {
  const { uri, languageId, text, title, range, focus, omitted } = attachment;
  return {
    uri,
    languageId,
    text,
    ...(title === undefined ? {} : { title }),
    ...(range === undefined ? {} : { range }),
    ...(focus === undefined ? {} : { focus }),
    ...(omitted === undefined ? {} : { omitted }),
  };
}

/** Reads an attachment of a saved conversation; throws `FormatError`. */
export function parseCodeAttachment(value: unknown, path: string): CodeAttachment {
  const record = requireRecord(value, path);
  return {
    ...parseAttachment(value, path),
    label: requireString(record, "label", path),
    ...(record["icon"] === undefined ? {} : { icon: requireString(record, "icon", path) }),
  };
}

export function parseAttachment(value: unknown, path: string): Attachment {
  const record = requireRecord(value, path);
  const range = optional(record, "range", path, parseRange);
  const focus = optional(record, "focus", path, parseRange);
  const omitted = optional(record, "omitted", path, parseOmitted);
  return {
    uri: requireString(record, "uri", path),
    languageId: requireString(record, "languageId", path),
    text: requireString(record, "text", path),
    ...(record["title"] === undefined ? {} : { title: requireString(record, "title", path) }),
    ...(range === undefined ? {} : { range }),
    ...(focus === undefined ? {} : { focus }),
    ...(omitted === undefined ? {} : { omitted }),
  };
}

function parseOmitted(value: unknown, path: string): NonNullable<Attachment["omitted"]> {
  const record = requireRecord(value, path);
  return { before: requireNumber(record, "before", path, 0), after: requireNumber(record, "after", path, 0) };
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

/** Writes a user turn as text: each attachment with its place and a fenced block, then what the user says. */
import type { Attachment, UserTurn } from "../protocol/engine";

/** The same turn always gives the same text, so that a follow-up question finds the conversation in the KV cache. */
export function userTurnText({ content, attachments = [] }: UserTurn): string {
  return [...attachments.map(attachmentText), content].filter((part) => part !== "").join("\n\n");
}

function attachmentText(attachment: Attachment): string {
  const code = attachment.text.trimEnd();
  const place = `${attachmentPlace(attachment)}${omissionNote(attachment)}:`;
  if (code === "" && attachment.omitted !== undefined) {
    return place;
  }
  const fence = fenceFor(code);
  const language = /^[\w+#.-]+$/.test(attachment.languageId) ? attachment.languageId : "";
  return `${place}\n${fence}${language}\n${code}\n${fence}`;
}

/** Plain words, so that the model does not take a part for the whole. */
function omissionNote({ omitted, text }: Attachment): string {
  if (omitted === undefined || omitted.before + omitted.after === 0) {
    return "";
  }
  const { before, after } = omitted;
  if (text.trim() === "") {
    return ` (left out: it is too long, ${lineCount(before + after)})`;
  }
  const parts = [
    ...(before > 0 ? [`${lineCount(before)} before`] : []),
    ...(after > 0 ? [`${lineCount(after)} after`] : []),
  ];
  return ` (too long: ${parts.join(" and ")} these are left out)`;
}

function lineCount(count: number): string {
  return count === 1 ? "1 line" : `${String(count)} lines`;
}

/** Path or name and lines, counted from 1: "src/knn.py, lines 3-12". A range that ends before a line's first character spares it. */
function attachmentPlace({ uri, title, path, range, text, omitted }: Attachment): string {
  const name = title ?? path ?? fileName(uri);
  if (title !== undefined || range === undefined || (text === "" && omitted !== undefined)) {
    return name;
  }
  const { start, end } = range;
  const first = start.line + 1;
  const last = end.character === 0 && end.line > start.line ? end.line : end.line + 1;
  return first === last ? `${name}, line ${String(first)}` : `${name}, lines ${String(first)}-${String(last)}`;
}

function fileName(uri: string): string {
  const last =
    uri
      .replace(/[?#].*$/s, "")
      .split(/[/:]/)
      .findLast((part) => part !== "") ?? "";
  try {
    return decodeURIComponent(last);
  } catch {
    return last; // a name with a stray "%" is shown as it is
  }
}

/** A fence that is longer than any run of backticks in the code, so that the code cannot close it (CommonMark). */
function fenceFor(code: string): string {
  const longest = Math.max(2, ...(code.match(/`+/g) ?? []).map((run) => run.length));
  return "`".repeat(longest + 1);
}

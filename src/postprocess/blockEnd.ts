/**
 * Ends a completion where its block ends: at a line that is indented less than the line the completion began in. A line
 * that only closes the block still belongs to it.
 */
import type { Filter } from "./filter";

const CLOSER = /^\s*[)\]}]+[;,]?\s*$/;

export const cutAtBlockEnd: Filter = (text, { prefix, multiline }) => {
  if (!multiline) {
    return text;
  }
  const indent = indentOf(prefix.slice(prefix.lastIndexOf("\n") + 1));
  const lines = text.split("\n");
  const end = lines.findIndex((line, index) => index > 0 && line.trim() !== "" && indentOf(line) < indent);
  if (end < 0) {
    return text;
  }
  const closes = CLOSER.test(lines[end] ?? "");
  return lines.slice(0, closes ? end + 1 : end).join("\n");
};

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

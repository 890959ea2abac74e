/** Keeps the first line where the completion is to stay in the cursor's line. */
import type { Filter } from "./filter";

export const keepToLine: Filter = (text, { multiline }) => (multiline ? text : firstLine(text));

function firstLine(text: string): string {
  const end = text.indexOf("\n");
  return end < 0 ? text : text.slice(0, end);
}

/** Cuts what stands after the cursor already: the rest of the line at the end of the answer, and the next line of code. */
import { restOfLine, type Filter } from "./filter";

export const cutRestOfLine: Filter = (text, context) => {
  const rest = restOfLine(context).trim();
  return rest !== "" && text.trimEnd().endsWith(rest) ? text.trimEnd().slice(0, -rest.length) : text;
};

export const cutAtNextLine: Filter = (text, context) => {
  const following = context.suffix.slice(restOfLine(context).length).trimStart();
  const next = following.split("\n", 1)[0]?.trim() ?? "";
  if (next === "") {
    return text;
  }
  const lines = text.split("\n");
  const repeated = lines.findIndex((line, index) => index > 0 && line.trim() === next && !isCloser(next));
  return repeated < 0 ? text : lines.slice(0, repeated).join("\n");
};

/** A lone bracket says nothing about where a text repeats: blocks close with the same line all over. */
function isCloser(line: string): boolean {
  return /^[)\]}]+[;,]?$/.test(line);
}

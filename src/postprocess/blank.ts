/** White space: at the ends of lines, lines without code, and answers that are nothing else (continue#3567). */
import { isBlank, lineBefore, restOfLine, type CompletionContext, type Filter } from "./filter";
import { keepsTrailingSpace } from "./languages";
import { isInsideText } from "./literals";

/** More blank lines in a row than any style guide asks for. */
const MAX_BLANK_LINES = 2;

export const trimLineEnds: Filter = {
  name: "lineEndSpace",
  apply: (text, { languageId, prefix }) =>
    keepsTrailingSpace(languageId) || isInsideText(prefix, languageId) ? text : text.replace(/[ \t]+(?=\n)/g, ""),
};

/** Fewer blank lines in a row, and none below a blank line. */
export const dropBlankLines: Filter = {
  name: "blankLines",
  apply: (text, context) => {
    if (isInsideText(context.prefix, context.languageId)) {
      return text;
    }
    const lines = text.split("\n");
    const first = lines.findIndex((line) => !isBlank(line));
    const start = first > 0 && isBelowBlankLine(context) ? first : 0;
    const kept = lines.slice(start).filter((_, index, all) => {
      const run = all.slice(Math.max(0, index - MAX_BLANK_LINES), index + 1);
      return run.length <= MAX_BLANK_LINES || !run.every(isBlank);
    });
    const indent = lineBefore(context);
    const [head = "", ...others] = kept;
    return [start > 0 && head.startsWith(indent) ? head.slice(indent.length) : head, ...others].join("\n");
  },
};

/** The answer's end: its white space, unless the rest of the line goes on directly. Source: Tabby `trimSpace`. */
export const trimEnd: Filter = {
  name: "blank",
  apply: (text, context) => {
    const rest = restOfLine(context);
    if (isBlank(text)) {
      return "";
    }
    return isBlank(rest) || /^\s/.test(rest) || /\n\s*$/.test(text) ? text.trimEnd() : text;
  },
};

function isBelowBlankLine(context: CompletionContext): boolean {
  const lines = context.prefix.split("\n");
  return isBlank(lineBefore(context)) && lines.length > 1 && isBlank(lines.at(-2) ?? "");
}

/**
 * Drops what repeats the text before the cursor: the beginning of the line again, the lines above again, or the comment with
 * a file's path that prompts separate files by (Continue: `rewritesLineAbove`, `// Path:` stops; llama.vscode: cache of lines).
 */
import { isBlank, lineBefore, type Filter } from "./filter";

const MIN_LINE_CHARACTERS = 12;
const PATH_COMMENT = /^(?:\/\/|#|--|<!--|\/\*|;|%)\s*(?:path|file(?:path|name)?):\s*\S/i;

export const dropEchoedLineStart: Filter = {
  name: "echoedLineStart",
  apply: (text, context) => {
    const start = lineBefore(context).trimStart();
    const isDistinct = start.trim().length >= MIN_LINE_CHARACTERS && /\w\s+\S/.test(start);
    const answer = text.trimStart();
    return isDistinct && answer.startsWith(start) ? answer.slice(start.length) : text;
  },
};

/** Nothing is shown for an answer whose lines are the lines above the cursor, or begin with several of them. */
export const dropEchoedLines: Filter = {
  name: "echoedLines",
  apply: (text, context) => {
    if (!isBlank(lineBefore(context))) {
      return text;
    }
    const answer = codeLines(text);
    const above = codeLines(context.prefix);
    const echoed = longestEcho(answer, above);
    const distinct = answer.slice(0, echoed).filter(isDistinctLine).length;
    return distinct >= 2 || (distinct === 1 && echoed === answer.length) ? "" : text;
  },
};

export const cutAtPathComment: Filter = {
  name: "pathComment",
  apply: (text, { prefix }) => {
    const lines = text.split("\n");
    const end = lines.findIndex((line, index) => (index > 0 || /(?:^|\n)$/.test(prefix)) && PATH_COMMENT.test(line));
    return end < 0 ? text : lines.slice(0, end).join("\n");
  },
};

/** How many of the answer's first lines are the last lines above. */
function longestEcho(answer: readonly string[], above: readonly string[]): number {
  for (let count = Math.min(answer.length, above.length); count > 0; count--) {
    const last = above.slice(-count);
    if (last.every((line, index) => line === answer[index])) {
      return count;
    }
  }
  return 0;
}

function codeLines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

function isDistinctLine(line: string): boolean {
  return line.length >= MIN_LINE_CHARACTERS && /[\p{L}\p{N}]/u.test(line);
}

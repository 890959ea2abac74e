/**
 * Ends an answer where it begins to repeat the lines below the cursor, exactly or nearly (continue#4721; Tabby
 * `removeDuplicateSuffixLines`, `dropDuplicated`; Continue `stopAtLines`; Copilot `maybeSnip`). Good code has lines that stand
 * below again, `return x;` in an inner block: so one line counts only where it stands as deep as the one below, or shallower.
 */
import { editDistance } from "../base/editDistance";
import { isBlank, lineBefore, linesBelow, type CompletionContext, type Filter } from "./filter";
import { columnsOf } from "./indentation";

/** A line of at least so many characters is its own evidence, whatever the model wrote after it. */
const TELLING_CHARACTERS = 10;
/** Two texts are nearly the same up to this share of their length. Tabby's threshold. */
const NEARLY = 0.05;
/** Attributes and conditions of the preprocessor: what follows them is what counts. */
const BEFORE_MEMBER = /^\s*(?:@|#\s*if|#?\[.*\]\s*$)/;

export const cutAtLinesBelow: Filter = {
  name: "linesBelow",
  apply: (text, context) => {
    const below = linesBelow(context);
    if (below.length === 0) {
      return text;
    }
    const lines = text.split("\n");
    const firstWhole = isBlank(lineBefore(context)) ? 0 : 1;
    const end = lines.findIndex(
      (line, index) =>
        index >= firstWhole && sameLine(line, below[0]) && repeats(lines.slice(index), below, indentAt(index, context)),
    );
    return end < 0 ? dropNearCopy(text, below, context) : lines.slice(0, end).join("\n");
  },
};

/** The indentation that the document already has before a line of the answer. */
function indentAt(index: number, context: CompletionContext): string {
  return index === 0 ? lineBefore(context) : "";
}

function repeats(lines: readonly string[], below: readonly string[], indent: string): boolean {
  const answer = lines.filter((line) => !isBlank(line));
  const differs = answer.findIndex((line, index) => !sameLine(line, below[index]));
  const same = differs < 0 ? answer.length : differs;
  const telling = answer.slice(0, same).filter(isTelling).length;
  const [first = ""] = answer;
  const depth = columnsOf(indent + first) - columnsOf(below[0] ?? "");
  if (telling === 0) {
    return false;
  }
  if (same >= answer.length - 1 && isBeginning(answer[same], below[same])) {
    return telling >= 2 || depth <= 0;
  }
  return telling >= 3 || (telling === 2 && depth <= 0) || (depth === 0 && isWholeStatement(first));
}

/** An answer that is, all of it, nearly what stands below, its first line exactly. */
function dropNearCopy(text: string, below: readonly string[], context: CompletionContext): string {
  const answer = text.split("\n").filter((line) => !isBlank(line));
  if (answer.length < 2 || !isBlank(lineBefore(context))) {
    return text;
  }
  const written = answer.map((line) => line.trim());
  const there = below.slice(0, answer.length).map((line) => line.trim());
  const limit = Math.floor(NEARLY * written.join("\n").length);
  const [first = ""] = written;
  const exact = first === there[0] && isTelling(first) && !BEFORE_MEMBER.test(first);
  return exact && editDistance(written.join("\n"), there.join("\n"), limit) <= limit ? "" : text;
}

function sameLine(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && bare(a) === bare(b) && bare(a) !== "";
}

/** Nothing more, or a last line that the token limit has cut. */
function isBeginning(line: string | undefined, of: string | undefined): boolean {
  return line === undefined || (of?.trim().startsWith(line.trim()) === true && line.trim().length > 1);
}

/** A line without its indentation and what ends a statement or an entry; kinds of quotes and widths of spaces aside. */
function bare(line: string): string {
  return line.trim().replace(/[;,]$/, "").replace(/["'`]/g, '"').replace(/\s+/g, " ");
}

/** A block, or a member with an attribute, that only begins like the one below is another one. */
function isWholeStatement(line: string): boolean {
  return bare(line).length >= TELLING_CHARACTERS && !/(?:[{([:,]|=>)\s*$/.test(line) && !BEFORE_MEMBER.test(line);
}

/** Brackets and short key words stand everywhere: they are no evidence. */
function isTelling(line: string): boolean {
  return (
    /[\p{L}\p{N}].*[\p{L}\p{N}]/u.test(line) &&
    line.trim().length >= 4 &&
    !/^\s*(?:end|else|break|pass|continue|return|done|fi|esac)\b\W*$/.test(line)
  );
}

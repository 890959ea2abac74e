/**
 * Ends an answer where its block or its statement ends, by indentation and open brackets (Tabby `limitScopeByIndentation`;
 * twinny: bracket balance and return of the indentation; Cody: truncation by indentation). What begins in the middle of a line
 * finishes that statement; what begins on a blank line, or with a line end, goes on to the end of the block.
 */
import { balanceOf, beginsWithCloser, isClosingLine } from "./brackets";
import { isBlank, lineBefore, type CompletionContext, type Filter } from "./filter";
import { columnsOf, leadingSpace } from "./indentation";
import { endsWithSemicolonOnly, hasEquations, isProse } from "./languages";
import { maskLiterals, type Masked } from "./literals";

const CONTINUES =
  /^\s*(?:[.?:&|+*/%=<>^,]|-[^-]|(?:else|elif|elsif|elseif|except|catch|finally|rescue|ensure|and|or|then|where)\b)/;
const ENTRY =
  /^\s*(?!(?:else|try|finally|default|lambda)\b)(?:readonly\s+)?["']?[\w$-]+["']?\??:\s+[^\s:=].*[^\s{([:]\s*$/;
const UNFINISHED = /[,\\]\s*$/;

export const cutAtBlockEnd: Filter = {
  name: "blockEnd",
  apply: (text, context) => {
    const end = context.shape === "line" ? undefined : blockEnd(text, context);
    return end === undefined ? text : text.split("\n").slice(0, end).join("\n");
  },
};

/** The number of lines that belong to the cursor's block or statement; undefined where all do. */
export function blockEnd(text: string, context: CompletionContext): number | undefined {
  const lines = text.split("\n");
  if (isProse(context.languageId) || lines.length < 2) {
    return undefined;
  }
  const { prefix, languageId } = context;
  const { code, long } = maskLiterals(prefix + text, languageId);
  const inText = linesInsideText(lines, prefix.length, long);
  const place: Place = { lines, masked: code.slice(prefix.length).split("\n"), inText, context };
  const isStatement = context.shape === "statement" && !isBlank(lines[0] ?? "") && inText[0] !== true;
  return isStatement ? endOfStatement(place) : endOfBlock(place);
}

interface Place {
  readonly lines: readonly string[];
  /** The lines without what is inside strings and comments. */
  readonly masked: readonly string[];
  /** Lines that begin inside a string or comment over several lines: their indentation says nothing. */
  readonly inText: readonly boolean[];
  readonly context: CompletionContext;
}

function endOfStatement({ lines, masked, inText, context }: Place): number | undefined {
  const base = columnsOf(lineBefore(context) + leadingSpace(lines[0] ?? ""));
  const depths = depthsBefore(
    masked,
    balanceOf(maskLiterals(lineBefore(context), context.languageId).code).missing.length,
  );
  const whole = [lineBefore(context) + (lines[0] ?? ""), ...lines.slice(1)];
  const isOutside = (line: string, index: number): boolean => {
    const columns = columnsOf(line);
    if (index === 0 || isBlank(line) || inText[index] === true || columns > base) {
      return false;
    }
    const isInside = (depths[index] ?? 0) > 0 && (columns === base || beginsWithCloser(line));
    return !isInside && !(columns === base && continuesStatement(line, lineAbove(whole, index), context));
  };
  const end = lines.findIndex(isOutside);
  if (end < 0) {
    return undefined;
  }
  // Languages that close with a word: `end` at the depth of the line that opened, after lines that are deeper.
  const closes = isClosingLine(lines[end] ?? "") && columnsOf(lineAbove(lines, end)) > base;
  return closes && columnsOf(lines[end] ?? "") === base ? end + 1 : end;
}

/** How many brackets are open where each line begins. */
function depthsBefore(masked: readonly string[], start: number): number[] {
  let depth = start;
  return masked.map((line) => {
    const before = depth;
    const { missing, unmatched } = balanceOf(line);
    depth += missing.length - unmatched.length;
    return before;
  });
}

function lineAbove(lines: readonly string[], index: number): string {
  return lines.slice(0, index).findLast((line) => !isBlank(line)) ?? "";
}

function continuesStatement(line: string, above: string, context: CompletionContext): boolean {
  const { languageId } = context;
  const isOpenSql = endsWithSemicolonOnly(languageId) && !/;\s*$/.test(above);
  const isEquation = hasEquations(languageId) && firstWord(line) === firstWord(lineBefore(context));
  const isNextEntry = isEntry(line) && isEntry(above);
  return isOpenSql || isEquation || isNextEntry || CONTINUES.test(line) || UNFINISHED.test(above);
}

/** A key and its value: where one is written, more of them may follow. A type's fields, declarations of CSS, keys of YAML. */
export function isEntry(line: string): boolean {
  return ENTRY.test(line);
}

function firstWord(line: string): string {
  return /^\s*([\w']+)/.exec(line)?.[1] ?? "";
}

function endOfBlock({ lines, inText, context }: Place): number | undefined {
  const first = lines.findIndex((line) => !isBlank(line));
  if (first < 0) {
    return undefined;
  }
  // Inside a string or a comment any indentation is right; code that follows it is at the depth of the cursor's line.
  const base = inText[first] === true ? columnsOf(lineBefore(context)) : baseColumns(lines, first, context);
  if (first > 0 && isClosingLine(lines[first] ?? "") && first + 1 < lines.length) {
    return first + 1;
  }
  const end = lines.findIndex(
    (line, index) =>
      index > first && !isBlank(line) && inText[index] !== true && isShallower(line, lines[index - 1], base),
  );
  if (end < 0) {
    return undefined;
  }
  return isClosingLine(lines[end] ?? "") ? end + 1 : end;
}

/** A line after a comma goes on with a list, however it is indented; directives of the C preprocessor stand in column 0. */
function isShallower(line: string, above: string | undefined, base: number): boolean {
  const isListed = UNFINISHED.test(above ?? "") && !beginsWithCloser(line);
  return (
    columnsOf(line) < base &&
    !isListed &&
    !/^#\s*(?:if|ifdef|ifndef|else|elif|endif|define|pragma|region|endregion)\b/.test(line)
  );
}

function baseColumns(lines: readonly string[], first: number, context: CompletionContext): number {
  const line = lines[first] ?? "";
  const written = columnsOf(line);
  return first > 0 ? written : columnsOf(lineBefore(context) + leadingSpace(line));
}

function linesInsideText(lines: readonly string[], start: number, long: Masked["long"]): boolean[] {
  let at = start;
  return lines.map((line) => {
    const lineStart = at;
    at += line.length + 1;
    return long.some((literal) => literal.start < lineStart && lineStart < literal.end);
  });
}

/**
 * Blanks out what is inside strings and comments, so that the brackets left are the code's own. A scanner and no parser: a
 * quote that its line does not close counts as an apostrophe.
 */
import { hasHashComments } from "../base/comments";
import { isProse, longDelimiters } from "./languages";

/** A slash after these begins a regular expression, and divides otherwise. */
const BEFORE_EXPRESSION = /(?:[(=,:?&|!{};[]|\breturn|=>)\s*$/;
const REGULAR_EXPRESSION = /^\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\//;

export interface Masked {
  /** As long as the code, with a space for every character inside a string or a comment, line ends kept. */
  readonly code: string;
  /** The delimiter of the string over several lines, or of the block comment, that is open at the end. */
  readonly open: string | undefined;
  /** Where strings and comments over several lines stand: from the first character to after the last. */
  readonly long: readonly { readonly start: number; readonly end: number }[];
}

export function maskLiterals(code: string, languageId: string): Masked {
  if (isProse(languageId)) {
    return { code, open: undefined, long: [] };
  }
  const delimiters = longDelimiters(languageId);
  const comment = hasHashComments(languageId) ? "#" : "//";
  const long: { start: number; end: number }[] = [];
  let masked = "";
  let at = 0;
  while (at < code.length) {
    const delimiter = delimiters.find((text) => code.startsWith(text, at)) ?? blockComment(code, at, comment);
    const end = delimiter === undefined ? endOfLiteral(code, at, comment) : endOfLong(code, at, delimiter);
    if (end === undefined) {
      return {
        code: masked + blank(code.slice(at)),
        open: delimiter,
        long: [...long, { start: at, end: code.length + 1 }],
      };
    }
    if (delimiter !== undefined) {
      long.push({ start: at, end });
    }
    masked += end > at ? blank(code.slice(at, end)) : code.slice(at, at + 1);
    at = Math.max(end, at + 1);
  }
  return { code: masked, open: undefined, long };
}

/** Whether the cursor stands in a string that goes on over lines, or in a block comment. */
export function isInsideText(prefix: string, languageId: string): boolean {
  return maskLiterals(prefix, languageId).open !== undefined;
}

/** The quote that a line's beginning leaves open. */
export function openQuote(before: string): string | undefined {
  let open: string | undefined;
  for (let index = 0; index < before.length; index++) {
    const character = before.charAt(index);
    if (character === "\\") {
      index++;
    } else if (open === undefined ? /["'`]/.test(character) : character === open) {
      open = open === undefined ? character : undefined;
    }
  }
  return open;
}

function blockComment(code: string, at: number, comment: string): string | undefined {
  return comment === "//" && code.startsWith("/*", at) ? "*/" : undefined;
}

/** The end of the string over several lines that begins here; undefined where nothing closes it. */
function endOfLong(code: string, at: number, delimiter: string): number | undefined {
  const opener = delimiter === "*/" ? 2 : delimiter.length;
  for (let index = at + opener; index < code.length; index++) {
    if (code[index] === "\\" && delimiter !== "*/") {
      index++;
    } else if (code.startsWith(delimiter, index)) {
      return index + delimiter.length;
    }
  }
  return undefined;
}

/** The end of the comment or the quoted string that begins here; the place itself where none does. */
function endOfLiteral(code: string, at: number, comment: string): number {
  const first = code[at];
  if (comment === "//" && first === "/" && BEFORE_EXPRESSION.test(code.slice(Math.max(0, at - 20), at))) {
    const pattern = REGULAR_EXPRESSION.exec(code.slice(at, at + 500));
    if (pattern !== null) {
      return at + pattern[0].length;
    }
  }
  if (code.startsWith(comment, at) && code[at - 1] !== ":") {
    const end = code.indexOf("\n", at);
    return end < 0 ? code.length : end;
  }
  return first === '"' || first === "'" ? endOfQuoted(code, at, first) : at;
}

function endOfQuoted(code: string, at: number, quote: string): number {
  for (let index = at + 1; index < code.length && code[index] !== "\n"; index++) {
    if (code[index] === "\\") {
      index++;
    } else if (code[index] === quote) {
      return index + 1;
    }
  }
  return at;
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, " ");
}

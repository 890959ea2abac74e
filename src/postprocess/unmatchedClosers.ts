/**
 * Ends an answer at a closing bracket that closes nothing, or what the text below closes already (Continue: bracket matching
 * service; llama-coder: block stack; Tabby: `removeDuplicatedBlockClosingLine`; Cody: redundant closing brackets). Only where the
 * brackets of the whole document say so: a document that is a fragment keeps what it gets.
 */
import { balanceOf, isClosingLine, type Closer } from "./brackets";
import { isBlank, lineBefore, linesBelow, type CompletionContext, type Filter } from "./filter";
import { isEquallyDeep } from "./indentation";
import { hasFreeBrackets } from "./languages";
import { maskLiterals } from "./literals";
import { replacedCharacters } from "./restOfLine";

export const cutAtUnmatchedCloser: Filter = {
  name: "unmatchedClosers",
  apply: (text, context) => {
    const { languageId, prefix, suffix } = context;
    const before = maskLiterals(prefix, languageId);
    if (hasFreeBrackets(languageId) || before.open !== undefined) {
      return text;
    }
    const after = suffix.slice(replacedCharacters(text, context));
    const all = maskLiterals(prefix + text + after, languageId).code;
    const end = prefix.length + text.length;
    const { unmatched: closers, missing } = balanceOf(all.slice(prefix.length, end));
    const below = balanceOf(all.slice(end)).unmatched.map(({ bracket }) => bracket);
    // What the answer leaves open is closed below first: `} catch {` is no end too many.
    const later = below.slice(missing.length);
    const cut = firstUnmatched(closers, [...balanceOf(all.slice(0, prefix.length)).missing], later, (closer) =>
      isAlone(closer, text, context),
    );
    return cut === undefined ? text : text.slice(0, cut.index).trimEnd();
  },
};

/** The answer's last line where it only closes a block and the next line below closes at the same depth. */
export const dropDoubledClosingLine: Filter = {
  name: "doubledClosingLine",
  apply: (text, context) => {
    const lines = text.trimEnd().split("\n");
    const last = lines.at(-1) ?? "";
    const next = linesBelow(context)[0];
    if (next === undefined || !isClosingLine(last) || (lines.length === 1 && !isBlank(lineBefore(context)))) {
      return text;
    }
    const indent = lines.length === 1 ? lineBefore(context) : "";
    const closer = last.trim().replace(/[;,]+$/, "");
    const after = next.trim().slice(closer.length);
    const isSame = next.trim().startsWith(closer) && !(/\w$/.test(closer) && /^\w/.test(after));
    const same = isSame && isEquallyDeep(indent + last, next);
    return same ? lines.slice(0, -1).join("\n") : text;
  },
};

function firstUnmatched(
  closers: readonly Closer[],
  open: string[],
  later: readonly string[],
  isLineOfItsOwn: (closer: Closer) => boolean,
): Closer | undefined {
  const isFragment = open.length === 0;
  return closers.find((closer) => {
    const innermost = open.at(-1);
    if (innermost === undefined) {
      return !isFragment || isLineOfItsOwn(closer);
    }
    // A document that closes each of its brackets below needs none from the answer.
    if (innermost === closer.bracket && open.every((bracket, index) => later[open.length - 1 - index] === bracket)) {
      return true;
    }
    if (innermost === closer.bracket) {
      open.pop();
    }
    return false;
  });
}

function isAlone({ index }: Closer, text: string, context: CompletionContext): boolean {
  const start = text.lastIndexOf("\n", index) + 1;
  const before = (start === 0 ? lineBefore(context) : "") + text.slice(start, index);
  return isBlank(before);
}

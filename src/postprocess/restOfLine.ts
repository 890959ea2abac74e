/**
 * The text right of the cursor in its line, which models write again. Words and operators are cut off the answer's end; for
 * brackets and quotes, which the editor closed by itself, the answer stays whole and replaces them (kilocode PR 3386, Tabby
 * `calculateReplaceRangeByBracketStack`, vscode PR 150265).
 */
import { balanceOf } from "./brackets";
import { firstLine, lineBefore, restOfLine, type CompletionContext, type Filter } from "./filter";
import { maskLiterals, openQuote } from "./literals";

/** Whether the rest of the line is only what an editor closes, and what ends a statement after it. */
export function isAutoClosed(rest: string): boolean {
  return /^[\s)\]}>"'`;,:{]*$/.test(rest);
}

export const cutRestOfLine: Filter = {
  name: "restOfLine",
  apply: (text, context) => {
    const rest = restOfLine(context).trim();
    if (rest === "" || isAutoClosed(rest)) {
      return text;
    }
    const answer = text.trimEnd();
    return answer.endsWith(rest) ? answer.slice(0, -rest.length) : text;
  },
};

/** How many characters right of the cursor the answer writes itself, and so replaces. */
export function replacedCharacters(text: string, context: CompletionContext): number {
  const rest = restOfLine(context);
  if (rest.trim() === "" || text === "") {
    return 0;
  }
  const used = overlap(closersIn(text, context), rest);
  const more = rest.slice(used).trim();
  const repeatsMore = firstLine(text).trimEnd().endsWith(more) || text.trimEnd().endsWith(more);
  const isEnd = /^[;,:{]+$/.test(more) || (/^>[;,)]*$/.test(more) && isInTag(context));
  // `<div class="‸"></div>`: what follows the closers comes again at the end
  const repeatsRest = used > 0 && endsWithRest(firstLine(text).trimEnd(), more);
  return (isEnd && repeatsMore) || repeatsRest ? rest.trimEnd().length : used;
}

/** Whether a line ends with the words of the rest, and has the closers before them in their order. */
function endsWithRest(line: string, rest: string): boolean {
  const closers = /^[>)\]}"'`\s]*/.exec(rest)?.[0] ?? "";
  const words = rest.slice(closers.length);
  return /\w/.test(words) && line.endsWith(words) && hasInOrder(line.slice(0, -words.length), closers);
}

function hasInOrder(text: string, characters: string): boolean {
  let at = 0;
  for (const character of characters.replace(/\s/g, "")) {
    at = text.indexOf(character, at) + 1;
    if (at === 0) {
      return false;
    }
  }
  return true;
}

/** Whether the cursor stands in a tag that its line opened. */
function isInTag(context: CompletionContext): boolean {
  const before = lineBefore(context);
  return before.lastIndexOf("<") > before.lastIndexOf(">");
}

/** The brackets and quotes in the answer that close what stands before it, and the statement's end after them. */
function closersIn(text: string, { prefix, languageId }: CompletionContext): string {
  const before = prefix.slice(prefix.lastIndexOf("\n") + 1);
  const quote = openQuote(before);
  const end = quote === undefined ? -1 : closingQuote(text, quote);
  const code = maskLiterals(end < 0 ? text : text.slice(end + 1), languageId).code;
  const closers = balanceOf(code).unmatched;
  const last = closers.at(-1);
  const tail = last === undefined ? "" : (/^[;,:{ \t]*$/.exec(firstLine(code.slice(last.index + 1)))?.[0].trim() ?? "");
  return (end < 0 ? "" : (quote ?? "")) + closers.map(({ bracket }) => bracket).join("") + tail;
}

/** The characters of the rest that are the closers in their order, white space between them aside. */
function overlap(closers: string, rest: string): number {
  let used = 0;
  let at = 0;
  for (const character of closers) {
    let next = at;
    while (rest[next] === " " || rest[next] === "\t") {
      next++;
    }
    if (rest[next] !== character) {
      break;
    }
    at = next + 1;
    used = at;
  }
  return used;
}

function closingQuote(text: string, quote: string): number {
  for (let index = 0; index < text.length && text[index] !== "\n"; index++) {
    if (text[index] === "\\") {
      index++;
    } else if (text[index] === quote) {
      return index;
    }
  }
  return -1;
}

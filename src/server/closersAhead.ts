/**
 * The closing brackets and quotes between the cursor and the end of its line, which the editor puts there when the opening
 * one is typed. The prompt leaves them out: they would change the suffix, which stands first in it, so that one keystroke
 * costs a whole prompt. The model writes them instead, and is stopped there.
 */

export interface ClosersAhead {
  /** "" where something else stands in the rest of the line. */
  readonly closers: string;
  /** The suffix without them. */
  readonly rest: string;
}

/** Takes the text after the cursor. */
export function splitClosersAhead(suffix: string): ClosersAhead {
  const closers = /^[)\]}"'`]+(?=[ \t;,:{]*(?:\n|$))/.exec(suffix)?.[0] ?? "";
  return { closers, rest: suffix.slice(closers.length) };
}

/** Up to where a text reaches with the closers that stand after the cursor; `undefined` while it has not written any. */
export function reachOfClosers(text: string, closers: string): number | undefined {
  const [first] = closers;
  const start = first === undefined ? -1 : /["'`]/.test(first) ? text.search(first) : firstUnopened(text);
  if (start < 0 || text[start] !== first) {
    return undefined;
  }
  let end = start;
  while (end - start < closers.length && text[end] === closers[end - start]) {
    end++;
  }
  return end;
}

/** Where the first bracket stands that closes none of the text, -1 for nowhere. Strings within a line do not count. */
function firstUnopened(text: string): number {
  const tokens = /(["'`])(?:\\.|(?!\1)[^\\\n])*\1|[()[\]{}]/g;
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(tokens)) {
    if (token === "(" || token === "[" || token === "{") {
      depth++;
    } else if (token === ")" || token === "]" || token === "}") {
      depth--;
    }
    if (depth < 0) {
      return index;
    }
  }
  return -1;
}

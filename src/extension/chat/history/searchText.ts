/** Looks for words in conversations: which have them, and the place to show. Pure. */

const before = 30;
const longest = 100;

/**
 * The piece of `text` around the first place that has what was typed, on one line; `undefined` where not every word of it
 * occurs. Case does not count.
 */
export function findSnippet(text: string, typed: string): string | undefined {
  const words = typed
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== "");
  const lower = text.toLowerCase();
  if (words.length === 0 || !words.every((word) => lower.includes(word))) {
    return undefined;
  }
  const phrase = lower.indexOf(words.join(" "));
  const place = phrase === -1 ? lower.indexOf(words[0] ?? "") : phrase;
  const start = place <= before ? 0 : wordStart(text, place - before);
  const piece = text
    .slice(start, start + longest)
    .replace(/[*`\s]+/gu, " ") // most of it is Markdown
    .trim();
  return `${start > 0 ? "…" : ""}${piece}${start + longest < text.length ? "…" : ""}`;
}

/** Where the next word begins, so that no word is cut. */
function wordStart(text: string, from: number): number {
  const gap = text.slice(from, from + before).search(/\s/u);
  return gap === -1 ? from : from + gap + 1;
}

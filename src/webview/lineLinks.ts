/** Where an explanation names lines of the code: "line 12", "lines 3-5", "L12", in English and Spanish. */
import type { LineRange } from "../protocol/chatView";

const MENTION =
  /\b(?:lines?|l[ií]neas?)\s+(\d{1,6})(?:\s*(?:-|–|—|to|through|a|hasta)\s*(\d{1,6}))?\b|\bL(\d{1,6})(?:-L?(\d{1,6}))?\b/giu;

export interface Mention extends LineRange {
  /** Where it stands in the text. */
  readonly start: number;
  readonly end: number;
}

/** Those that name lines which there are. */
export function lineMentions(text: string, known: LineRange): Mention[] {
  return [...text.matchAll(MENTION)].flatMap(({ 0: whole, 1: from, 2: to, 3: shortFrom, 4: shortTo, index }) => {
    const first = Number(from ?? shortFrom);
    const last = Number(to ?? shortTo ?? first);
    const exists = first >= known.first && last >= first && last <= known.last;
    return exists ? [{ first, last, start: index, end: index + whole.length }] : [];
  });
}

/** Makes links of them, outside of code and of other links. */
export function linkLines(root: DocumentFragment, known: LineRange): void {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode() !== null) {
    const { currentNode } = walker;
    if (currentNode instanceof Text && !isInCode(currentNode)) {
      texts.push(currentNode);
    }
  }
  for (const text of texts) {
    const mentions = lineMentions(text.data, known);
    if (mentions.length > 0) {
      text.replaceWith(...pieces(text.data, mentions));
    }
  }
}

function isInCode({ parentElement }: Text): boolean {
  return parentElement !== null && parentElement.closest("llama2-code-block, pre, code, a") !== null;
}

function pieces(text: string, mentions: readonly Mention[]): (Node | string)[] {
  let at = 0;
  const nodes = mentions.flatMap(({ first, last, start, end }) => {
    const link = document.createElement("a");
    link.href = "#";
    link.dataset["first"] = String(first);
    link.dataset["last"] = String(last);
    link.textContent = text.slice(start, end);
    const before = text.slice(at, start);
    at = end;
    return [before, link];
  });
  return [...nodes, text.slice(at)];
}

/** The lines that a link stands for; `undefined` for any other link. */
export function linkedLines({ dataset }: HTMLElement): LineRange | undefined {
  const first = Number(dataset["first"]);
  const last = Number(dataset["last"]);
  return Number.isInteger(first) && Number.isInteger(last) ? { first, last } : undefined;
}

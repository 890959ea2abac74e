/** Source code -> lines of coloured tokens. Pure: the colours themselves are the stylesheet's, by highlight.js's classes. */
import type { HLJSApi } from "highlight.js";

export interface CodeToken {
  readonly text: string;
  /** Classes such as "hljs-title function_"; empty for plain text. */
  readonly className: string;
}

export type CodeLine = readonly CodeToken[];

/** Beyond this, colours would cost more time than they are worth. */
const longestHighlighted = 60_000;

const spanOrText = /<span class="([^"]*)">|<\/span>|[^<]+/g;
const entity = /&(amp|lt|gt|quot|#x27);/g;
const characters: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#x27": "'" };

/** The lines of a code. An unknown language, or a very long code, has no colours. */
export function highlightLines(engine: HLJSApi, code: string, language: string): readonly CodeLine[] {
  if (code.length > longestHighlighted || engine.getLanguage(language) === undefined) {
    return code.split("\n").map((text) => (text === "" ? [] : [{ text, className: "" }]));
  }
  return parseLines(engine.highlight(code, { language, ignoreIllegals: true }).value);
}

/** The language that the first word after a fence names: "python", also from "python:knn.py" or "{.python}". */
export function languageOf(info: string): string {
  return /[\w+#-]+/.exec(info)?.[0].toLowerCase() ?? "";
}

/** Reads highlight.js's HTML, which consists of nested spans and escaped text, as tokens; the innermost span counts. */
function parseLines(html: string): readonly CodeLine[] {
  const lines: CodeToken[][] = [[]];
  const classNames: string[] = [];
  for (const [part, opened] of html.matchAll(spanOrText)) {
    if (opened !== undefined) {
      classNames.push(opened);
    } else if (part === "</span>") {
      classNames.pop();
    } else {
      addText(lines, unescape(part), classNames.at(-1) ?? "");
    }
  }
  return lines;
}

function addText(lines: CodeToken[][], text: string, className: string): void {
  for (const [index, piece] of text.split("\n").entries()) {
    if (index > 0) {
      lines.push([]);
    }
    if (piece !== "") {
      lines.at(-1)?.push({ text: piece, className });
    }
  }
}

function unescape(text: string): string {
  return text.replace(entity, (whole, name: string) => characters[name] ?? whole);
}

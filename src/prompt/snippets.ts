/** Pieces of other files in a completion's prompt: comments of the language, each under its file's path. */
import { commentsOf, type Comments } from "../base/comments";

export interface Snippet {
  readonly path: string;
  /** With LF line ends. */
  readonly text: string;
}

/**
 * The snippets that fit a number of tokens, the last ones first of all, and the path of the document they stand before. ""
 * where none fits: then the path alone would say little.
 */
export function snippetsHeader(
  snippets: readonly Snippet[],
  document: { readonly path: string; readonly languageId: string },
  fits: (header: string) => boolean,
): string {
  const comments = commentsOf(document.languageId);
  const title = commented(`Path: ${document.path}`, comments);
  const pieces = snippets.flatMap(({ path, text }) => {
    const piece = commented(`Path: ${path}\n${text}`, comments);
    return piece === "" ? [] : [piece];
  });
  let header = "";
  let kept: readonly string[] = [title];
  for (const piece of pieces.reverse()) {
    const longer = [piece, ...kept];
    const text = longer.map((one) => `${one}\n`).join("");
    if (fits(text)) {
      [header, kept] = [text, longer]; // a long one leaves its room to others
    }
  }
  return header;
}

/** "" for text that would end the comment. */
function commented(text: string, comments: Comments): string {
  if ("line" in comments) {
    return text.replace(/^(.*)$/gm, (line) => `${comments.line} ${line}`.trimEnd());
  }
  return text.includes(comments.close) ? "" : `${comments.open} ${text} ${comments.close}`;
}

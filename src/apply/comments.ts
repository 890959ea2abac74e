/** What is a comment, in any language: applying does not know which one a block is written in. */

/** Marks before a comment that runs to the end of its line. "#" also begins directives, which are code. */
const LINE_COMMENT =
  /^(?:\/\/+!?|#(?!\[|!|(?:include|define|undef|if|ifdef|ifndef|else|elif|endif|pragma|import|region|endregion)\b)|--(?=\s|$)|;+(?=\s|$)|%+(?=\s|$)|REM\b)/;

/** Comments with a beginning and an end, and JSX's around them. */
const BLOCK_COMMENTS: readonly { readonly open: RegExp; readonly close: string }[] = [
  { open: /^\{?\s*\/\*/, close: "*/" },
  { open: /^<!--/, close: "-->" },
  { open: /^\{-/, close: "-}" },
  { open: /^\(\*/, close: "*)" },
];

/** Begins an annotation of what follows: a decorator, an attribute. */
const ANNOTATION = /^(?:@[\w$.]+|#!?\[|\[[A-Z][\w.]*(?:\([^)]*\))?\]$|\[\[\w)/;

export function isComment(text: string): boolean {
  return LINE_COMMENT.test(text) || BLOCK_COMMENTS.some(({ open }) => open.test(text));
}

export function isAnnotation(text: string): boolean {
  return ANNOTATION.test(text);
}

/** What ends the block comment that this line begins and does not end; undefined where there is none. */
export function openCommentEnd(text: string): string | undefined {
  const found = BLOCK_COMMENTS.find(({ open }) => open.test(text));
  return found === undefined || text.slice(2).includes(found.close) ? undefined : found.close;
}

/** What a comment of one line says, without its marks; undefined for what is no such comment. */
export function commentText(text: string): string | undefined {
  if (!isComment(text)) {
    return undefined;
  }
  const end = BLOCK_COMMENTS.find(({ open }) => open.test(text));
  if (end !== undefined) {
    const closed = text.replace(/\}$/, "").trimEnd();
    return closed.endsWith(end.close)
      ? closed.slice(0, -end.close.length).replace(end.open, "").replace(/^\*+/, "").trim()
      : undefined;
  }
  return text.replace(LINE_COMMENT, "").trim();
}

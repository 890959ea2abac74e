/** Text of files and of the Hub inside Markdown: it must not become markup, links or pictures. Pure. */

/** Plain text as Markdown that shows it. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~&]/g, "\\$&").replace(/\s*\n\s*/g, " ");
}

/** Text in code marks, whatever backticks it has. */
export function markdownCode(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const marks = "`".repeat(longest + 1);
  const line = text.replace(/\s*\n\s*/g, " ");
  return longest === 0 ? `${marks}${line}${marks}` : `${marks} ${line} ${marks}`;
}

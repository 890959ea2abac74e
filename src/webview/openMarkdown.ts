/**
 * Completes Markdown that is still being written, so that half a mark never flashes as text and then vanishes: emphasis and
 * code spans are closed, a link shows its text before its address is complete, a line of marks alone waits for its words.
 */

const unfinishedLink = /!?\[([^\][]*)\]\([^()\s]*$/;
/** Could become a heading, a list, a quote, a fence, a rule or a table's second row: which, the next characters will say. */
const marksOnly = /^(?:[ \t]*(?:[-*+=_#>|:][-*+=_#>|: \t]*|`{1,2}|~{1,2}|\d{1,9}[.)]?))$/;

/** Leaves out the last line while it consists of marks only. */
export function withoutDanglingMarks(source: string): string {
  const lineStart = source.lastIndexOf("\n") + 1;
  return marksOnly.test(source.slice(lineStart)) ? source.slice(0, lineStart) : source;
}

/** Closes what is open at the end of inline Markdown (the text of a paragraph, a list item, a table cell). */
export function closeInline(content: string): string {
  const codeMark = openCodeSpan(content);
  if (codeMark !== "") {
    return content.endsWith(codeMark) ? content.slice(0, -codeMark.length) : content + codeMark;
  }
  const text = content.replace(unfinishedLink, "$1");
  return ["**", "~~"].reduce(closeEmphasis, text);
}

/** The backticks of a code span that has begun and not ended; empty where none is open. */
function openCodeSpan(content: string): string {
  let open = "";
  for (const [run] of content.matchAll(/`+/g)) {
    if (open === "") {
      open = run;
    } else if (run === open) {
      open = "";
    }
  }
  return open;
}

function closeEmphasis(content: string, mark: string): string {
  const outsideCode = content.replace(/(`+)[^`]*\1/g, "");
  if ((outsideCode.split(mark).length - 1) % 2 === 0) {
    return content;
  }
  const trimmed = content.trimEnd();
  return trimmed.endsWith(mark) ? trimmed.slice(0, -mark.length) : trimmed + mark;
}

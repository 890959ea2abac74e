/** The cells of a notebook as one text: what stands before and after a cell for somebody who writes in it. Pure. */
import { commentsOf } from "../base/comments";

export interface Cell {
  readonly kind: "code" | "markup";
  readonly languageId: string;
  /** With LF line ends. */
  readonly text: string;
}

export interface Surroundings {
  /** Ends with an empty line where there is anything. */
  readonly before: string;
  /** Begins with an empty line where there is anything. */
  readonly after: string;
}

/** Prose says what comes next with its first lines; all of it would leave no room for code. */
const MAX_PROSE_LINES = 8;

/**
 * In a cell of code: the code of the same language, and the prose before it as comments. In a cell of prose: the prose, and
 * code before it in fences. What else there is, is another language's, or comes after: it says little about this place.
 */
export function surroundings(cells: readonly Cell[], index: number): Surroundings {
  const here = cells[index];
  if (here === undefined) {
    return { before: "", after: "" };
  }
  const written = here.kind === "code" ? asCode : asProse;
  const before = cells.slice(0, index).map((cell) => written(cell, here, "before"));
  const after = cells.slice(index + 1).map((cell) => written(cell, here, "after"));
  return {
    before: parts(before)
      .map((text) => `${text}\n\n`)
      .join(""),
    after: parts(after)
      .map((text) => `\n\n${text}`)
      .join(""),
  };
}

function asCode(cell: Cell, here: Cell, side: "before" | "after"): string {
  if (cell.kind === "code") {
    return cell.languageId === here.languageId ? cell.text : "";
  }
  return side === "before" ? commented(cell.text, here.languageId) : "";
}

function asProse(cell: Cell, _here: Cell, side: "before" | "after"): string {
  if (cell.kind === "markup") {
    return cell.text;
  }
  return side === "before" && cell.text.trim() !== "" ? `\`\`\`${cell.languageId}\n${cell.text.trim()}\n\`\`\`` : "";
}

function commented(text: string, languageId: string): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const comments = commentsOf(languageId);
  return "line" in comments
    ? lines
        .slice(0, MAX_PROSE_LINES)
        .map((line) => `${comments.line} ${line}`.trimEnd())
        .join("\n")
    : "";
}

/** Line ends at the ends of a cell are of the cell, not of the text. */
function parts(texts: readonly string[]): string[] {
  return texts.map((text) => text.replace(/^(?:[ \t]*\n)+|\s+$/g, "")).filter((text) => text !== "");
}

/** Lines of the new text: those of the file as they are, those of the block with the file's indentation and line ends. */
import type { Outline } from "./facts";
import { indentText, type Indentation, type SourceLine } from "./source";

export interface Style {
  readonly lineEnd: string;
  readonly indentation: Indentation;
}

/** A line of the block, moved `shift` columns to the right. */
export function blockLine(line: SourceLine, shift: number, { lineEnd, indentation }: Style): string {
  if (line.text === "") {
    return lineEnd;
  }
  const body = line.raw.replace(/^[ \t]+|[\r\n]+$/g, "");
  return indentText(line.indent + shift, indentation) + body.trimEnd() + lineEnd;
}

/** One text of the lines; every line but the last has an end, the last as the file's. */
export function joinLines(lines: readonly string[], lineEnd: string, endsWithLineEnd: boolean): string {
  const text = lines.map((line) => (/[\r\n]$/.test(line) ? line : line + lineEnd)).join("");
  return endsWithLineEnd ? text : text.replace(/(?:\r\n|\r|\n)$/, "");
}

/** Lines of the file as they stand. */
export function rawLines(outline: Outline, start: number, end: number): string[] {
  return outline.lines.slice(start, end).map(({ raw }) => raw);
}

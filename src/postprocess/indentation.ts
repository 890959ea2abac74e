/** Indentation: how deep a line is, and how a document writes its levels. */
import { isBlank, type Indentation } from "./filter";

/** What a tab counts for where nobody says it: VS Code's default. */
export const DEFAULT_TAB_SIZE = 4;

/** With fewer indented lines a document does not say how it is indented. */
const MIN_EVIDENCE_LINES = 3;
/** More of the other kind, as a share, and a document says nothing. */
const MAX_MIXED = 0.1;
const WIDTHS = [2, 3, 4, 8] as const;

/** The columns before a line's first character that is not white space. */
export function columnsOf(line: string, tabSize = DEFAULT_TAB_SIZE): number {
  let columns = 0;
  for (const character of line) {
    if (character === "\t") {
      columns += tabSize - (columns % tabSize);
    } else if (character === " ") {
      columns++;
    } else {
      break;
    }
  }
  return columns;
}

export function leadingSpace(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? "";
}

/**
 * The indentation that a document shows: tabs or spaces, the width by the commonest step from one line to a deeper one.
 * Where too few lines are indented it is the editor's; undefined where they are not indented alike.
 */
export function detectIndentation(document: string, editor?: Indentation): Indentation | undefined {
  const lines = document.split("\n").filter((line) => !isBlank(line) && !/^\s*\*/.test(line));
  const tabbed = lines.filter((line) => line.startsWith("\t")).length;
  const spaced = lines.filter((line) => line.startsWith("  ")).length;
  const indented = tabbed + spaced;
  if (indented < MIN_EVIDENCE_LINES) {
    return editor;
  }
  // Documents that mix them mean something by it: alignment, or tabs of eight columns between levels of two.
  if (Math.min(tabbed, spaced) > MAX_MIXED * indented) {
    return undefined;
  }
  if (tabbed > spaced) {
    return { tabSize: DEFAULT_TAB_SIZE, insertSpaces: false };
  }
  const [best, second] = WIDTHS.map((width) => ({ width, count: countSteps(lines, width) })).sort(
    (a, b) => b.count - a.count,
  );
  const isClear = best !== undefined && best.count > 0 && best.count >= 2 * (second?.count ?? 0);
  return isClear ? { tabSize: best.width, insertSpaces: true } : undefined;
}

/** How often a line is deeper than the one above it by exactly a width. */
export function countSteps(lines: readonly string[], width: number): number {
  return lines.filter((line, index) => columnsOf(line) - columnsOf(lines[index - 1] ?? line) === width).length;
}

/** Whether two lines stand equally deep, as far as one can tell without knowing what a tab counts for. */
export function isEquallyDeep(a: string, b: string): boolean {
  const [first, second] = [leadingSpace(a), leadingSpace(b)];
  const isAlike = first.includes("\t") === second.includes("\t");
  return first === second || (!isAlike && columnsOf(a) === columnsOf(b));
}

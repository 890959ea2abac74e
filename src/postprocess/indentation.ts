/** Indentation: how deep a line is, and how a document writes its levels. */
import { isBlank, type Indentation } from "./filter";

/** What a tab counts for where nobody says it: VS Code's default. */
export const DEFAULT_TAB_SIZE = 4;

/** With fewer indented lines a document does not say how it is indented. */
const MIN_EVIDENCE_LINES = 3;
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
 * The indentation that a document shows: tabs or spaces by majority, the width by the commonest step from one line to a
 * deeper one. Undefined where too few lines are indented. (LSP tells a server no formatting options with a completion.)
 */
export function detectIndentation(document: string): Indentation | undefined {
  const lines = document.split("\n").filter((line) => !isBlank(line) && !/^\s*\*/.test(line));
  const tabbed = lines.filter((line) => line.startsWith("\t")).length;
  const spaced = lines.filter((line) => line.startsWith("  ")).length;
  if (Math.max(tabbed, spaced) < MIN_EVIDENCE_LINES) {
    return undefined;
  }
  if (tabbed > spaced) {
    return { tabSize: DEFAULT_TAB_SIZE, insertSpaces: false };
  }
  const tabSize = commonestStep(lines);
  return tabSize === undefined ? undefined : { tabSize, insertSpaces: true };
}

function commonestStep(lines: readonly string[]): number | undefined {
  const steps = lines.map((line, index) => columnsOf(line) - columnsOf(lines[index - 1] ?? line));
  const counts = WIDTHS.map((width) => ({ width, count: steps.filter((step) => step === width).length }));
  const [best] = counts.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
  return best?.width;
}

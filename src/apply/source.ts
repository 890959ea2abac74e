/** A text as lines with what applying needs of each: its words without indentation, how deep it stands, and its own line end. */

export interface SourceLine {
  /** As it stands, with its line end. */
  readonly raw: string;
  /** Without white space at either end; "" for a blank line. */
  readonly text: string;
  /** Columns of white space before the text, a tab going to the next multiple of four. */
  readonly indent: number;
}

export interface Indentation {
  /** Columns of one level. */
  readonly unit: number;
  readonly tabs: boolean;
}

export const TAB_COLUMNS = 4;
const UNITS: readonly number[] = [2, 3, 4, 8];

export function linesOf(text: string): SourceLine[] {
  return (text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? []).map(lineOf);
}

function lineOf(raw: string): SourceLine {
  const text = raw.trim();
  return { raw, text, indent: text === "" ? 0 : columnsOf(raw) };
}

function columnsOf(raw: string): number {
  let columns = 0;
  for (const char of raw) {
    if (char === "\t") {
      columns += TAB_COLUMNS - (columns % TAB_COLUMNS);
    } else if (char === " ") {
      columns++;
    } else {
      break;
    }
  }
  return columns;
}

/** The line end that most lines have; LF where there is none. */
export function lineEndOf(lines: readonly SourceLine[]): string {
  const crlf = lines.filter(({ raw }) => raw.endsWith("\r\n")).length;
  const lf = lines.filter(({ raw }) => raw.endsWith("\n")).length - crlf;
  const cr = lines.filter(({ raw }) => raw.endsWith("\r")).length;
  if (crlf > lf) {
    return "\r\n";
  }
  return cr > lf ? "\r" : "\n";
}

/** How the lines are indented, by the step that is most often taken from one line to the next; undefined where none is. */
export function indentationOf(lines: readonly SourceLine[]): Indentation | undefined {
  const written = lines.filter(({ text }) => text !== "");
  const tabbed = written.filter(({ raw }) => raw.startsWith("\t")).length;
  const spaced = written.filter(({ raw }) => raw.startsWith("  ")).length;
  if (tabbed > spaced) {
    return { unit: TAB_COLUMNS, tabs: true };
  }
  const counts = new Map<number, number>();
  for (const [index, line] of written.entries()) {
    const step = line.indent - (written[index - 1]?.indent ?? 0);
    if (UNITS.includes(step)) {
      counts.set(step, (counts.get(step) ?? 0) + 1);
    }
  }
  const unit = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0];
  return unit === undefined ? undefined : { unit, tabs: false };
}

/** White space of so many columns. */
export function indentText(columns: number, { tabs, unit }: Indentation): string {
  const wanted = Math.max(0, columns);
  return tabs ? "\t".repeat(Math.floor(wanted / unit)) + " ".repeat(wanted % unit) : " ".repeat(wanted);
}

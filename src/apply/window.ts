/**
 * Finds the run of lines in a file that a block is a new version of, line by line, wherever it begins and ends: in the middle
 * of a function, of a comment, of a template text. Where the lines leave no doubt, outlines need not be asked. Pure.
 */
import type { SourceLine } from "./source";
import { isSure, type PairedRun } from "./sureRun";

export type WindowSearch =
  /** `start` to before `end` are lines of the file, `lines` what replaces them, `shift` columns further right. */
  | {
      readonly kind: "found";
      readonly start: number;
      readonly end: number;
      readonly lines: readonly SourceLine[];
      readonly shift: number;
    }
  /** Several runs of lines are as like it as each other. */
  | { readonly kind: "ambiguous" }
  | { readonly kind: "none" };

const NONE: WindowSearch = { kind: "none" };
/** More cells of the table would be felt. */
const MOST_CELLS = 16_000_000;
/** Runs whose number of changes differs by no more are equally like the block. */
const CLOSE = 1;
const MOST_RUNS = 20;
/** What lines say of how deep the block stands: changed ones less, the first one may have been cut off its white space. */
const CHANGED_WEIGHT = 0.3;
const FIRST_WEIGHT = 0.5;

interface Run extends PairedRun {
  /** Lines that are changed, new or gone. */
  readonly changes: number;
}

/**
 * `levelled`: the same lines with the file's steps of indentation, taken where they fit better. `near`: a line of the file,
 * from 0, that the block is known to be about; it decides between equals.
 */
export function findWindow(
  file: readonly SourceLine[],
  block: readonly SourceLine[],
  { levelled, near }: { readonly levelled: readonly SourceLine[]; readonly near: number | undefined },
): WindowSearch {
  const [first, end] = writtenRange(block);
  const written = block.slice(first, end);
  if (written.length < 2 || written.length * file.length > MOST_CELLS) {
    return NONE;
  }
  const table = new Table(file, written);
  const likely = runsLike(table, file.length, (run) => isSure(file, written, run));
  const run = nearest(likely, near);
  if (run === undefined) {
    return likely.length > 0 ? { kind: "ambiguous" } : NONE;
  }
  const [asWritten, asLevelled] = [written, levelled.slice(first, end)].map((lines) => ({
    lines,
    ...shiftOf(file, lines, run),
  }));
  const isLevelled = asLevelled !== undefined && asLevelled.agree > (asWritten?.agree ?? 0) + FIRST_WEIGHT;
  const best = isLevelled ? asLevelled : asWritten;
  const { lines, shift } = best ?? { lines: written, shift: 0 };
  return { kind: "found", start: run.start, end: run.end, lines: withFirstDeep(file, lines, run, shift), shift };
}

/** A piece that was copied from its first word on begins at the margin. */
function withFirstDeep(
  file: readonly SourceLine[],
  block: readonly SourceLine[],
  { start }: Run,
  shift: number,
): readonly SourceLine[] {
  const [first] = block;
  const old = file[start];
  return first === undefined || old === undefined || first.indent !== 0
    ? block
    : block.with(0, { ...first, indent: old.indent - shift });
}

function writtenRange(lines: readonly SourceLine[]): [start: number, end: number] {
  const start = lines.findIndex(({ text }) => text !== "");
  return start < 0 ? [0, 0] : [start, lines.findLastIndex(({ text }) => text !== "") + 1];
}

/** The fewest changes from a run of the file's lines that ends at a line to the block's first lines. */
class Table {
  private readonly cells: Uint32Array;
  private readonly width: number;

  constructor(
    private readonly file: readonly SourceLine[],
    private readonly block: readonly SourceLine[],
  ) {
    this.width = file.length + 1;
    this.cells = new Uint32Array(this.width * (block.length + 1)); // the first row is 0: a run begins anywhere
    for (let row = 1; row <= block.length; row++) {
      this.cells[row * this.width] = row;
      for (let column = 1; column < this.width; column++) {
        this.cells[row * this.width + column] = Math.min(
          this.at(row - 1, column - 1) + this.change(row, column),
          this.at(row - 1, column) + 1,
          this.at(row, column - 1) + 1,
        );
      }
    }
  }

  /** Changes of the whole block from the best run that ends before this line of the file. */
  changes(end: number): number {
    return this.at(this.block.length, end);
  }

  run(end: number): Run {
    const pairs: (number | undefined)[] = this.block.map(() => undefined);
    let [row, column] = [this.block.length, end];
    while (row > 0) {
      const here = this.at(row, column);
      if (column > 0 && here === this.at(row - 1, column - 1) + this.change(row, column)) {
        pairs[--row] = --column;
      } else if (here === this.at(row - 1, column) + 1) {
        row--;
      } else {
        column--;
      }
    }
    return { start: column, end, changes: this.changes(end), pairs };
  }

  private at(row: number, column: number): number {
    return this.cells[row * this.width + column] ?? 0;
  }

  private change(row: number, column: number): number {
    return this.file[column - 1]?.text === this.block[row - 1]?.text ? 0 : 1;
  }
}

/** The best run and those that are as good, none of them on lines of another. A changed last line is not one that is new. */
function runsLike(table: Table, lines: number, isLikely: (run: Run) => boolean): Run[] {
  const ends = Array.from({ length: lines }, (_, index) => index + 1).sort(
    (a, b) => table.changes(a) - table.changes(b) || b - a,
  );
  const least = table.changes(ends[0] ?? 0);
  const runs: Run[] = [];
  for (const end of ends) {
    if (table.changes(end) > least + CLOSE || runs.length > MOST_RUNS) {
      break;
    }
    const run = table.run(end);
    if (isLikely(run) && runs.every((other) => run.end <= other.start || other.end <= run.start)) {
      runs.push(run);
    }
  }
  return runs;
}

function nearest(runs: readonly Run[], near: number | undefined): Run | undefined {
  const [best, ...more] = runs;
  if (best === undefined || more.length === 0 || near === undefined) {
    return more.length === 0 ? best : undefined;
  }
  const distance = ({ start, end }: Run): number => (near < start ? start - near : Math.max(0, near - end + 1));
  return [...runs].sort((a, b) => distance(a) - distance(b) || a.changes - b.changes)[0];
}

/** By how much most lines stand deeper in the file, and how much says so. */
function shiftOf(
  file: readonly SourceLine[],
  block: readonly SourceLine[],
  { pairs }: Run,
): { readonly shift: number; readonly agree: number } {
  const counts = new Map<number, number>();
  for (const [index, { text, indent }] of block.entries()) {
    const at = pairs[index];
    const old = at === undefined ? undefined : file[at];
    if (text !== "" && old !== undefined) {
      const shift = old.indent - indent;
      const weight = (old.text === text ? 1 : CHANGED_WEIGHT) * (index === 0 ? FIRST_WEIGHT : 1);
      counts.set(shift, (counts.get(shift) ?? 0) + weight);
    }
  }
  const [shift, agree] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [0, 0];
  return { shift, agree };
}

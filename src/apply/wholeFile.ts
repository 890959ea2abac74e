/** A block that is the whole of the new file: how it is recognised, and how it is written with the file's own ends and indentation. */
import type { Outline } from "./facts";
import { pairUnits } from "./outlines";
import { withFileLevels } from "./levels";
import { indentationOf, type SourceLine } from "./source";
import { blockLine, joinLines, type Style } from "./writer";

/** Of the file's lines that a block has to show. */
const LEAST_SHOWN = 0.5;
/** So much of them leaves no doubt, whatever the outline looks like. */
const SURELY_SHOWN = 0.9;

/** The first and the last line of the file and nearly all between are there, and nothing was left out. */
export function isSurelyWholeFile(file: Outline, block: Outline): boolean {
  const written = file.texts(0, file.lines.length);
  const shown = block.texts(0, block.lines.length);
  const left = new Map<string, number>();
  shown.forEach((text) => left.set(text, (left.get(text) ?? 0) + 1));
  const found = written.filter((text) => {
    const count = left.get(text) ?? 0;
    left.set(text, count - 1);
    return count > 0;
  });
  return (
    !block.units.some((unit) => block.facts(unit).isElided) &&
    written[0] === shown[0] &&
    written.at(-1) === shown.at(-1) &&
    found.length >= Math.min(written.length - 1, SURELY_SHOWN * written.length)
  );
}

/** The first and the last thing of the file and at least half of its lines are there, and nothing was left out. */
export function isWholeFile(file: Outline, block: Outline): boolean {
  if (block.units.some((unit) => block.facts(unit).isElided)) {
    return false;
  }
  const pairs = pairUnits({ file, block }, file.units, block.units);
  const written = file.texts(0, file.lines.length);
  const shown = new Set(block.texts(0, block.lines.length));
  return (
    pairs[0]?.old === 0 &&
    pairs.at(-1)?.old === file.units.length - 1 &&
    written.filter((text) => shown.has(text)).length >= LEAST_SHOWN * written.length
  );
}

/** The block as a file that replaces this one. */
export function wholeFile(written: readonly SourceLine[], file: readonly SourceLine[], style: Style): string {
  const levelled = withFileLevels(written, file);
  const isChanged = levelled !== written || indentationOf(written)?.tabs !== style.indentation.tabs;
  const lines = isChanged
    ? levelled.map((line) => blockLine(line, 0, style))
    : written.map(({ raw }) => raw.replace(/[\r\n]+$/, "") + style.lineEnd);
  const last = (file.length === 0 ? written : file).at(-1)?.raw ?? "";
  return joinLines(lines, style.lineEnd, /[\r\n]$/.test(last));
}

/** The same lines but for white space. */
export function sameWords(a: readonly SourceLine[], b: readonly SourceLine[]): boolean {
  const words = (lines: readonly SourceLine[]): string =>
    lines.flatMap(({ text }) => (text === "" ? [] : [text])).join("\n");
  return words(a) === words(b);
}

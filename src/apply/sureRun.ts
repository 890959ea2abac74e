/** Whether a run of lines of a file is without doubt what a block is a new version of. Pure. */
import { isMarker, takeMarkersApart } from "./markers";
import { nameOf, type Name } from "./names";
import type { SourceLine } from "./source";

/** Of a line of the block: the line of the file that it is a version of, undefined where it is new. */
export type Pairs = readonly (number | undefined)[];

/** Of the block's lines that say something, so many must stand in the file as they are. */
const LEAST_EQUAL = 0.5;
/** Where something has another name. */
const LEAST_EQUAL_RENAMED = 0.66;
/** Of their words, both together. */
const LEAST_ALIKE = 0.4;

/** Lines of a file beside those of a block. */
export interface PairedRun {
  readonly start: number;
  /** After its last line. */
  readonly end: number;
  readonly pairs: Pairs;
}

/** A line of the block beside the line of the file that it is a version of. */
interface Line {
  readonly text: string;
  readonly old: string | undefined;
  readonly isEdge: boolean;
}

/** Most of it stands there, its first and last lines do, and hardly a line of the run is gone without another in its place. */
export function isSure(
  file: readonly SourceLine[],
  block: readonly SourceLine[],
  { start, end, pairs }: PairedRun,
): boolean {
  const lines = block.map(({ text }, index): Line => {
    const isEdge = index === 0 || index === block.length - 1;
    return { text, old: file[pairs[index] ?? -1]?.text, isEdge };
  });
  const paired = new Set(pairs);
  const gone = file.slice(start, end).filter(({ text }, index) => text !== "" && !paired.has(start + index)).length;
  const isLineForLine = end - start === block.length && gone === 0;
  const around = [...file.slice(Math.max(0, start - block.length), start), ...file.slice(end, end + block.length)];
  return (
    gone <= 1 + Math.floor(block.length / 10) &&
    lines.every((line) => !line.isEdge || isLike(line)) &&
    isKnown(lines, isLineForLine) &&
    !standsTwice(lines, new Set(around.map(({ text }) => text))) &&
    lines.every((line) => isEqual(line) || !saysLeftOut(line.text) || isLike(line))
  );
}

/** Enough of it stands in the file, and nothing that has come is something else than what has gone. */
function isKnown(lines: readonly Line[], isLineForLine: boolean): boolean {
  const saying = lines.filter(({ text }) => saysSomething(text));
  const equal = saying.filter(isEqual).length;
  const isMost = equal >= 2 && equal >= LEAST_EQUAL * saying.length;
  const isFramed = isLineForLine && lines.every((line) => !line.isEdge || isEqual(line));
  const mayBeRenamed = equal >= LEAST_EQUAL_RENAMED * saying.length;
  return (
    equal >= 1 &&
    (isMost || isFramed || saying.every(isLike)) &&
    lines.every((line) => (mayBeRenamed && isSameButName(line)) || !isAnotherThing(line))
  );
}

function isEqual({ text, old }: Line): boolean {
  return text === old;
}

/** What is new to the run stands right before or after it: it would then be there twice. */
function standsTwice(lines: readonly Line[], around: ReadonlySet<string>): boolean {
  return lines.some((line) => saysSomething(line.text) && !isEqual(line) && around.has(line.text));
}

/** A new method looks like the one that stands there, a new constant below others like the last of them. */
function isAnotherThing({ text, old, isEdge }: Line): boolean {
  const [before, after] = [namedBy(old), namedBy(text)];
  const isDefined = after?.kind === "function" || after?.kind === "type" || after?.kind === "call";
  return before !== undefined && after !== undefined && before.text !== after.text && (isEdge || isDefined);
}

function isSameButName({ text, old }: Line): boolean {
  const rest = (line: string): string => {
    const word = /[\w$]+(?=\W*$)/.exec(namedBy(line)?.text ?? "")?.[0];
    return word === undefined ? line : line.replace(word, "");
  };
  return old !== undefined && rest(old) === rest(text);
}

function namedBy(text: string | undefined): Name | undefined {
  return text === undefined ? undefined : nameOf(text, /[{(:]$/.test(text) ? "}" : undefined);
}

/** Where it is not just another sentence of a comment that speaks of "the rest". */
function saysLeftOut(text: string): boolean {
  return isMarker(text) || takeMarkersApart([{ raw: text, text, indent: 0 }], () => false).length > 1;
}

function saysSomething(text: string): boolean {
  return /\w{2}/.test(text);
}

/** The same words but for some. */
function isLike({ text, old }: Line): boolean {
  if (old === undefined || old === text) {
    return old === text;
  }
  const [a, b] = [wordsOf(old), wordsOf(text)];
  const common = [...a].filter((word) => b.has(word)).length;
  return common > 0 && 2 * common >= LEAST_ALIKE * (a.size + b.size);
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.match(/\w+|[^\s\w]+/g) ?? []);
}

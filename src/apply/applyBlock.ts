/**
 * Puts a block of code that a model wrote into a file: the whole file again, a function of it, several pieces, or any of these
 * with parts left out ("// ... existing code ..."). Works on outlines, in any language; where the block belongs nowhere for
 * certain it says so. Pure; never throws.
 */
import { isDefinition, Outline } from "./facts";
import { isFragment } from "./fragment";
import { keepLines } from "./keepLines";
import { isMarker, takeMarkersApart } from "./markers";
import { isListOfDefinitions, mergeLists, type MergeParts } from "./merge";
import { findPlace, SURE, type Place, type Search } from "./place";
import { withFileLevels } from "./levels";
import { withFirstIndented } from "./firstLine";
import { indentationOf, lineEndOf, linesOf, TAB_COLUMNS, type Indentation, type SourceLine } from "./source";
import { parseUnits, type Unit } from "./units";
import { isSurelyWholeFile, isWholeFile, sameWords, wholeFile } from "./wholeFile";
import { findWindow, type WindowSearch } from "./window";
import { joinLines, type Style } from "./writer";

export interface ApplyRequest {
  /** The file as it is. */
  readonly old: string;
  /** The block as the model wrote it. */
  readonly block: string;
  /** A line of the file, from 0, that the question was about: decides where several places fit. */
  readonly near?: number;
}

export type Applied =
  | { readonly kind: "applied"; readonly text: string }
  /** The file has it all already. */
  | { readonly kind: "unchanged" }
  | { readonly kind: "noPlace"; readonly reason: NoPlaceReason };

/**
 * `empty`: no code in the block. `unknown`: nothing in it is found in the file. `ambiguous`: it fits several places equally
 * well. `tooLarge`: of what is not written by people.
 */
export type NoPlaceReason = "empty" | "unknown" | "ambiguous" | "tooLarge";

const MOST_CHARS = 2_000_000;
const MOST_LINES = 40_000;
/** Pieces of one block for different places. */
const MOST_PIECES = 20;
const DEFAULT_INDENTATION: Indentation = { unit: TAB_COLUMNS, tabs: false };

export function applyBlock({ old, block, near }: ApplyRequest): Applied {
  if (old.length > MOST_CHARS || block.length > MOST_CHARS) {
    return { kind: "noPlace", reason: "tooLarge" };
  }
  const fileLines = linesOf(old);
  const source = readBlock(block, fileLines);
  if (fileLines.length > MOST_LINES || source.outline.lines.length > MOST_LINES) {
    return { kind: "noPlace", reason: "tooLarge" };
  }
  const units = source.outline.units;
  if (units.every(({ kind }) => kind === "marker")) {
    return { kind: "noPlace", reason: "empty" };
  }
  const applied = fileLines.every(({ text }) => text === "")
    ? source.whole
    : place(old, source, units, { near, pieces: 0 });
  if (typeof applied !== "string") {
    return { kind: "noPlace", reason: applied.reason };
  }
  return applied === old ? { kind: "unchanged" } : { kind: "applied", text: applied };
}

interface Source {
  /** As the model wrote it. */
  readonly written: readonly SourceLine[];
  readonly outline: Outline;
  readonly style: Style;
  /** The block as the whole text of the file. */
  readonly whole: string;
}

function readBlock(block: string, file: readonly SourceLine[]): Source {
  const known = new Set(file.map(({ text }) => text));
  const isKnown = (text: string): boolean => known.has(text);
  const written = linesOf(block);
  const moved = withFirstIndented(written);
  const to = indentationOf(file);
  const lines = withFileLevels(takeMarkersApart(moved, isKnown), file);
  const style = {
    lineEnd: file.length > 0 ? lineEndOf(file) : lineEndOf(written),
    indentation: to ?? indentationOf(written) ?? DEFAULT_INDENTATION,
  };
  const outline = new Outline(
    lines,
    parseUnits(lines, (text) => isMarker(text) && !isKnown(text)),
  );
  return { written, outline, style, whole: wholeFile(written, file, style) };
}

interface Placing {
  readonly near: number | undefined;
  readonly pieces: number;
}

interface NotPlaced {
  readonly reason: NoPlaceReason;
}

/** The text with these units of the block in it. */
function place(old: string, source: Source, units: readonly Unit[], { near, pieces }: Placing): string | NotPlaced {
  const lines = linesOf(old);
  const file = new Outline(
    lines,
    parseUnits(lines, () => false),
  );
  const block = source.outline;
  if (pieces === 0 && !isFragment(block) && isSurelyWholeFile(file, block)) {
    return source.whole;
  }
  const asLines = pieces === 0 ? placeLines(old, source, near) : undefined;
  if (asLines !== undefined) {
    return asLines;
  }
  const search = findPlace(file, block, units, near);
  if (search.kind !== "found") {
    return { reason: search.kind === "none" ? "unknown" : "ambiguous" };
  }
  const { imports, elsewhere } = pieces < MOST_PIECES ? partsElsewhere(block, units, search) : NOTHING_ELSEWHERE;
  const here = units.filter((unit) => !elsewhere.includes(unit) && !imports.includes(unit));
  const text = putInto({ file, block, source, place: search.place, units: here, old });
  const withImports = imports.length === 0 ? text : putImports(text, source, imports);
  return elsewhere.length === 0 ? withImports : place(withImports, source, elsewhere, { near, pieces: pieces + 1 });
}

/** A run of lines with the block in its place; undefined where outlines have to say where it belongs. */
function placeLines(old: string, source: Source, near: number | undefined): string | NotPlaced | undefined {
  const { written, outline, style } = source;
  const lines = linesOf(old);
  const window: WindowSearch = findWindow(lines, written, { levelled: withFileLevels(written, lines), near });
  if (window.kind === "found") {
    const { start, end, shift } = window;
    const put = keepLines(lines.slice(start, end), window.lines, shift, style);
    const raw = lines.map((line) => line.raw).toSpliced(start, end - start, ...put);
    return joinLines(raw, style.lineEnd, /[\r\n]$/.test(old));
  }
  const hasOutline = !isFragment(outline) || outline.units.some((unit) => isElided(outline, unit));
  return hasOutline ? undefined : { reason: window.kind === "none" ? "unknown" : "ambiguous" };
}

function isElided(block: Outline, unit: Unit): boolean {
  return unit.kind === "marker" || block.facts(unit).isElided;
}

interface PartsElsewhere {
  /** What goes to the top of the file. */
  readonly imports: readonly Unit[];
  /** Definitions that the file has in another list: a method of another class. */
  readonly elsewhere: readonly Unit[];
}

const NOTHING_ELSEWHERE: PartsElsewhere = { imports: [], elsewhere: [] };

function partsElsewhere(
  block: Outline,
  units: readonly Unit[],
  { place: { owner, matches }, others }: Extract<Search, { kind: "found" }>,
): PartsElsewhere {
  const here = new Set(matches.map(({ unit }) => unit));
  const free = units.filter((unit) => !here.has(unit));
  const imports = owner === undefined ? [] : free.filter((unit) => block.facts(unit).name?.kind === "import");
  const known = new Set(
    others.flatMap((other) => other.matches.flatMap(({ unit, likeness }) => (likeness >= SURE ? [unit] : []))),
  );
  return { imports, elsewhere: free.filter((unit) => known.has(unit) && isDefinition(unit, block.facts(unit))) };
}

function putImports(text: string, source: Source, imports: readonly Unit[]): string {
  const lines = linesOf(text);
  const file = new Outline(
    lines,
    parseUnits(lines, () => false),
  );
  const place = { units: file.units, owner: undefined, score: 0, matches: [] };
  return putInto({ file, block: source.outline, source, place, units: imports, old: text });
}

interface Put {
  readonly file: Outline;
  readonly block: Outline;
  readonly source: Source;
  readonly place: Place;
  readonly units: readonly Unit[];
  readonly old: string;
}

function putInto({ file, block, source, place: { units: list, owner }, units, old }: Put): string {
  const isFile = owner === undefined;
  const isWhole = isFile && units.length === block.units.length && isWholeFile(file, block);
  const parts: MergeParts = { file, block, style: source.style, isWhole };
  const of = isFile || isListOfDefinitions(file, owner) ? "definitions" : "fragment";
  const merged = mergeLists(parts, { old: list, block: units, of, shift: 0 });
  const start = list[0]?.start ?? 0;
  const raw = file.lines.map((line) => line.raw);
  const lines = [...raw.slice(0, start), ...merged, ...raw.slice(list.at(-1)?.end ?? start)];
  const text = joinLines(lines, source.style.lineEnd, /[\r\n]$/.test(old));
  return isWhole && sameWords(linesOf(text), linesOf(source.whole)) ? source.whole : text;
}

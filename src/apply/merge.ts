/** Merges a list of units of a block into one of a file: what is shared is found, the rest is placed between. */
import type { Outline } from "./facts";
import { fillGap, type Gap, type Side } from "./gaps";
import { mergeImport } from "./imports";
import { keepLines } from "./keepLines";
import { isSame, pairUnits, type Outlines } from "./outlines";
import { pairSegments } from "./segments";
import { blanksBefore, endOf, type Segment, type Unit } from "./units";
import { writeList, type Item } from "./writeList";
import { blockLine, rawLines, type Style } from "./writer";

export interface MergeParts extends Outlines {
  readonly style: Style;
  /** The block is the whole of the file. */
  readonly isWhole: boolean;
}

export interface Lists {
  readonly old: readonly Unit[];
  readonly block: readonly Unit[];
  readonly of: Gap["of"];
  /** Columns by which the block's lines stand too far left, where nothing in the list says it. */
  readonly shift: number;
}

/** The lines of the merged list, from the first of its units to the last; not the blank lines before and after. */
export function mergeLists(parts: MergeParts, lists: Lists): string[] {
  const items = arrange(parts, lists);
  const shift = shiftOf(parts, items, lists);
  return writeList(
    parts,
    lists,
    items.map((item) => ({ ...item, lines: linesOf(parts, item, shift) })),
  );
}

function linesOf(parts: MergeParts, item: Item, shift: number): string[] {
  const { file, block, style } = parts;
  switch (item.from) {
    case "old":
      return rawLines(file, item.unit.start, item.unit.end);
    case "block":
      return block.lines.slice(item.unit.start, item.unit.end).map((line) => blockLine(line, shift, style));
    case "both":
      return mergeUnit(parts, item.old, item.unit);
  }
}

/** In what order the units of both stand. */
function arrange(parts: MergeParts, { old, block, of }: Lists): Item[] {
  const pairs = pairUnits(parts, old, block);
  const shown = block.flatMap(({ kind }, index) => (kind === "marker" ? [] : [index]));
  const items: Item[] = [];
  let lastOld = -1;
  let lastBlock = -1;
  let before: Side | undefined;
  for (const pair of [...pairs, undefined]) {
    const atOld = pair?.old ?? old.length;
    const atBlock = pair === undefined ? block.length : (shown[pair.block] ?? block.length);
    const after = sideOf(parts, old[atOld], block[atBlock]);
    items.push(
      ...fillGap({
        old: old.slice(lastOld + 1, atOld).map((unit) => ({ unit, facts: parts.file.facts(unit) })),
        block: block.slice(lastBlock + 1, atBlock).map((unit) => ({ unit, facts: parts.block.facts(unit) })),
        before,
        after,
        of,
        isWhole: parts.isWhole,
      }),
    );
    const [oldUnit, unit] = [old[atOld], block[atBlock]];
    if (pair !== undefined && oldUnit !== undefined && unit !== undefined) {
      items.push({ from: "both", old: oldUnit, unit });
    }
    [lastOld, lastBlock, before] = [atOld, atBlock, after];
  }
  return items;
}

function sideOf(parts: MergeParts, old: Unit | undefined, unit: Unit | undefined): Side | undefined {
  if (old === undefined || unit === undefined) {
    return undefined;
  }
  return { unit: old, facts: parts.file.facts(old), isUnchanged: isSame(parts, old, unit) };
}

/** How far the block's lines of this list have to go to the right: what they share with the file says it. */
function shiftOf({ file, block }: MergeParts, items: readonly Item[], lists: Lists): number {
  for (const item of items) {
    if (item.from === "both") {
      return file.indent(item.old) - block.indent(item.unit);
    }
  }
  const [old] = lists.old;
  const unit = lists.block.find(({ kind }) => kind !== "marker");
  return old === undefined || unit === undefined ? lists.shift : file.indent(old) - block.indent(unit);
}

/** A unit of the file as the block has it. */
function mergeUnit(parts: MergeParts, old: Unit, unit: Unit): string[] {
  const { file, block, style } = parts;
  if (isSame(parts, old, unit)) {
    return rawLines(file, old.start, old.end);
  }
  const shift = file.indent(old) - block.indent(unit);
  const leading = mergeLeading(parts, old, unit, shift);
  if (file.facts(old).name?.kind === "import" && !parts.isWhole) {
    return [...leading, ...mergeImport(parts, old, unit)];
  }
  if (block.facts(unit).isElided || isSignature(parts, old, unit) || isListOfDefinitions(file, old)) {
    return [...leading, ...mergeSegments(parts, old, unit, shift)];
  }
  const lines = block.lines.slice(unit.head, unit.end);
  return [...leading, ...keepLines(file.lines.slice(old.head, old.end), lines, shift, style)];
}

/** The block shows the first line of something and nothing of its body. */
function isSignature({ file, block }: MergeParts, old: Unit, unit: Unit): boolean {
  return (
    block.facts(unit).body.length === 0 && file.facts(old).body.length > 0 && /[{(:]$/.test(block.facts(unit).head)
  );
}

/** Comments of the block replace the file's, and so do annotations; what the block has none of stays. */
function mergeLeading({ file, block, style, isWhole }: MergeParts, old: Unit, unit: Unit, shift: number): string[] {
  const shown = (kind: Unit["kind"]): boolean => isWhole || unit.leading.some((part) => part.kind === kind);
  const elsewhere = new Set(block.texts(0, unit.start)); // something new stands between a comment and what it was about
  const kept = old.leading.filter(({ kind, head }) => !shown(kind) && !elsewhere.has(file.text(head)));
  const keptLines = (kind: Unit["kind"]): string[] =>
    kept.filter((part) => part.kind === kind).flatMap(({ start, end }) => rawLines(file, start, end));
  const fresh = unit.leading.flatMap(({ start, end }) => block.lines.slice(start, end));
  const before = file.lines.slice(old.start, old.head);
  return [...keptLines("comment"), ...keepLines(before, fresh, shift, style), ...keptLines("annotation")];
}

/** A class and its like, or a list of entries, each with a name: what a block does not mention of it stays. */
export function isListOfDefinitions(file: Outline, unit: Unit): boolean {
  const { name } = file.facts(unit);
  const members = unit.segments.flatMap(({ body }) => body).filter(({ kind }) => kind === "code");
  const kinds = members.map((member) => file.facts(member).name);
  return (
    name?.kind === "type" ||
    (name?.kind === "call" && kinds.some((of) => of?.kind === "call")) ||
    (members.length > 0 && kinds.every((of) => of?.kind === "value" && of.text.endsWith(":")))
  );
}

function mergeSegments(parts: MergeParts, old: Unit, unit: Unit, shift: number): string[] {
  const of = isListOfDefinitions(parts.file, old) ? "definitions" : "statements";
  return pairSegments(parts, old.segments, unit.segments).flatMap((pair) => {
    if (pair.old === undefined) {
      const { block, style } = parts;
      return block.lines.slice(pair.block.start, endOf(pair.block)).map((line) => blockLine(line, shift, style));
    }
    const { file } = parts;
    const start = pair.old === old.segments[0] ? pair.old.start : startWithBlanks(file, pair.old.start);
    if (pair.block === undefined) {
      return rawLines(file, start, endOf(pair.old));
    }
    return [...rawLines(file, start, pair.old.start), ...mergeSegment(parts, pair.old, pair.block, { of, shift })];
  });
}

function mergeSegment(
  parts: MergeParts,
  old: Segment,
  segment: Segment,
  { of, shift }: Pick<Lists, "of" | "shift">,
): string[] {
  const { file, block, style } = parts;
  const heads = file.lines.slice(old.start, old.bodyStart);
  const first = old.body[0]?.start ?? old.bodyStart;
  return [
    ...keepLines(heads, block.lines.slice(segment.start, segment.bodyStart), shift, style),
    ...rawLines(file, startWithBlanks(file, first), first),
    ...mergeLists(parts, { old: old.body, block: segment.body, of, shift }),
  ];
}

function startWithBlanks(file: Outline, start: number): number {
  return start - blanksBefore(file.lines, start);
}

/**
 * What becomes of the units between two places that the file and the block share: which of the file stay, where the block's
 * go. The rules that decide about taking code away are all here.
 */
import { isDefinition, type UnitFacts } from "./facts";
import { jumpWord } from "./names";
import type { Unit } from "./units";

export interface GapUnit {
  readonly unit: Unit;
  readonly facts: UnitFacts;
}

/** A place shared by both, at one side of the gap. */
export interface Side extends GapUnit {
  readonly isUnchanged: boolean;
}

export interface Gap {
  readonly old: readonly GapUnit[];
  /** With the units that stand for code left out. */
  readonly block: readonly GapUnit[];
  readonly before: Side | undefined;
  readonly after: Side | undefined;
  /**
   * What the lists are: the statements of a body, which a block shows from its first to its last; a fragment of such;
   * definitions, of which a block may show some.
   */
  readonly of: "statements" | "fragment" | "definitions";
  /** The block is the whole of the file. */
  readonly isWhole: boolean;
}

export interface GapItem {
  readonly from: "old" | "block";
  readonly unit: Unit;
}

export function fillGap(gap: Gap): GapItem[] {
  const fresh = gap.block.filter(({ unit }) => unit.kind !== "marker");
  if (fresh.length < gap.block.length) {
    return aroundMarkers(gap);
  }
  const kept = gap.old.filter((old) => !isTakenAway(old, gap, fresh));
  if (kept.length === 0) {
    return items("block", fresh);
  }
  return aroundKept(gap, kept, fresh);
}

/** Code was left out here: all of the file's stays. */
function aroundMarkers(gap: Gap): GapItem[] {
  const isMarker = ({ unit }: GapUnit): boolean => unit.kind === "marker";
  const first = gap.block.findIndex(isMarker);
  const last = gap.block.findLastIndex(isMarker);
  const between = gap.block.slice(first, last).filter((item) => !isMarker(item));
  const [early, late] = gap.before === undefined ? [[], between] : [between, []];
  const head = [...gap.block.slice(0, first), ...early];
  const tail = [...late, ...gap.block.slice(last + 1)];
  return around(gap, items("block", head), items("old", gap.old), items("block", tail));
}

/** New things go next to what they follow; but a definition does not follow an import, and imports stand together. */
function aroundKept(gap: Gap, kept: readonly GapUnit[], fresh: readonly GapUnit[]): GapItem[] {
  const imports = fresh.filter(isImport);
  const rest = fresh.filter((item) => !isImport(item));
  const followsImport = gap.before !== undefined && isImport(gap.before);
  if (gap.before === undefined || (followsImport && rest.some(({ unit, facts }) => isDefinition(unit, facts)))) {
    const lastImport = kept.findLastIndex(isImport);
    const at = lastImport >= 0 || followsImport || imports.length === 0 ? lastImport + 1 : preambleEnd(kept);
    const middle = [...items("old", kept.slice(0, at)), ...items("block", imports), ...items("old", kept.slice(at))];
    return around(gap, [], middle, items("block", rest));
  }
  return around(gap, items("block", fresh), items("old", kept), []);
}

/** Where nothing follows and what stays ends by leaving the block, new statements come before that. */
function around(gap: Gap, head: readonly GapItem[], middle: readonly GapItem[], tail: readonly GapItem[]): GapItem[] {
  const headOf = ({ unit }: GapItem): string =>
    [...gap.old, ...gap.block].find((known) => known.unit === unit)?.facts.head ?? "";
  const leaves = (item: GapItem | undefined): boolean => item !== undefined && jumpWord(headOf(item)) !== undefined;
  const last = middle.at(-1);
  const isEnd = last !== undefined && gap.after === undefined && leaves(last) && !tail.some(leaves);
  return isEnd ? [...head, ...middle.slice(0, -1), ...tail, last] : [...head, ...middle, ...tail];
}

function isTakenAway(old: GapUnit, gap: Gap, fresh: readonly GapUnit[]): boolean {
  if (gap.of === "statements") {
    return true;
  }
  if (gap.isWhole) {
    return isAbsent(old, gap);
  }
  const { before, after } = gap;
  if (before === undefined || after === undefined) {
    return false;
  }
  return gap.of === "fragment" || isLeftOut(old, { before, after, hasFresh: fresh.length > 0 });
}

/** The whole file is shown without it. */
function isAbsent(old: GapUnit, { before, after }: Gap): boolean {
  const sides = [before, after].filter((side) => side !== undefined);
  return sides.length > 0 && (sides.every(({ isUnchanged }) => isUnchanged) || !isDefinition(old.unit, old.facts));
}

/** A piece of the file is shown in which it would have to be. Imports are those that the piece needs. */
function isLeftOut(
  old: GapUnit,
  sides: { readonly before: Side; readonly after: Side; readonly hasFresh: boolean },
): boolean {
  const { before, after, hasFresh } = sides;
  const both = before.isUnchanged && after.isUnchanged;
  if (isImport(old)) {
    return false;
  }
  if (isDefinition(old.unit, old.facts)) {
    return both && !isImport(before);
  }
  return both || (hasFresh && (before.isUnchanged || after.isUnchanged));
}

function isImport({ facts }: Pick<GapUnit, "facts">): boolean {
  return facts.name?.kind === "import";
}

/** Behind what has to stand first: a comment about the file, a text about the module, the package's name. */
function preambleEnd(units: readonly GapUnit[]): number {
  const end = units.findIndex(
    ({ unit, facts }) =>
      unit.kind !== "comment" && !/^(?:#!|"""|'''|package\b|namespace [\w\\]+;|["']use strict|<\?php)/.test(facts.head),
  );
  return end === -1 ? units.length : end;
}

function items(from: GapItem["from"], units: readonly GapUnit[]): GapItem[] {
  return units.map(({ unit }) => ({ from, unit }));
}

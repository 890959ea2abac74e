/** Writes the units of a merged list one after another: with commas between them where the list has such, and blank lines. */
import { isDefinition } from "./facts";
import type { GapItem } from "./gaps";
import type { Outlines } from "./outlines";
import { separate } from "./separators";
import { blanksBefore, type Unit } from "./units";
import { rawLines, type Style } from "./writer";

/** A unit of the file or the block alone, or one that is in both. */
export type Item = GapItem | { readonly from: "both"; readonly old: Unit; readonly unit: Unit };

export type Written = Item & { readonly lines: readonly string[] };

interface Lists {
  readonly old: readonly Unit[];
  readonly block: readonly Unit[];
}

type Parts = Outlines & { readonly style: Style };

export function writeList(parts: Parts, lists: Lists, items: readonly Written[]): string[] {
  const { file, block } = parts;
  const separated = separate(
    items.map(({ lines }) => lines),
    {
      old: lists.old.map((unit) => file.text(unit.end - 1)),
      block: lists.block.map((unit) => block.text(unit.end - 1)),
    },
  );
  return items.flatMap((item, index) => [
    ...blankLines(parts, lists, item, items[index - 1]),
    ...(separated[index] ?? []),
  ]);
}

/** The file's own where both sides are the file's; else what the block or the units around have. */
function blankLines(parts: Parts, lists: Lists, item: Item, previous: Item | undefined): string[] {
  if (previous === undefined) {
    return [];
  }
  const { file, block, style } = parts;
  const now = oldOf(item);
  const own = now === undefined ? [] : rawLines(file, now.start - blanksBefore(file.lines, now.start), now.start);
  if (follows(lists.old, oldOf(previous), now)) {
    return own;
  }
  const shown = item.from === "old" ? 0 : blanksBefore(block.lines, item.unit.start);
  const least = Math.max(shown, usualBlanks(parts, lists, item), usualBlanks(parts, lists, previous));
  const isShown = item.from !== "old" && previous.from !== "old" && follows(lists.block, previous.unit, item.unit);
  const length = isShown ? least : Math.max(least, own.length);
  return Array.from({ length }, (_, index) => own[index] ?? style.lineEnd);
}

function follows(units: readonly Unit[], first: Unit | undefined, second: Unit | undefined): boolean {
  return first !== undefined && second !== undefined && units.indexOf(second) === units.indexOf(first) + 1;
}

/** Around a definition that comes from the block: as between the file's. */
function usualBlanks({ file, block }: Parts, { old }: Lists, item: Item): number {
  if (item.from !== "block" || !isDefinition(item.unit, block.facts(item.unit))) {
    return 0;
  }
  const [, second] = old.filter((unit) => isDefinition(unit, file.facts(unit)));
  return second === undefined ? 0 : blanksBefore(file.lines, second.start);
}

function oldOf(item: Item): Unit | undefined {
  switch (item.from) {
    case "old":
      return item.unit;
    case "both":
      return item.old;
    case "block":
      return undefined;
  }
}

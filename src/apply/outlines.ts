/** Two outlines side by side: which units of a block are versions of which of a file, and which are the same. */
import { align, type Pair } from "./align";
import type { Outline } from "./facts";
import type { Unit } from "./units";

export interface Outlines {
  readonly file: Outline;
  readonly block: Outline;
}

/** Pairs of two lists; their `block` counts the units that are not markers. */
export function pairUnits({ file, block }: Outlines, old: readonly Unit[], units: readonly Unit[]): Pair[] {
  const shown = units.filter(({ kind }) => kind !== "marker");
  const places = shown.map((unit) => units.indexOf(unit));
  return align(
    old.map((unit) => file.facts(unit)),
    shown.map((unit) => block.facts(unit)),
    (index) => (places[index] ?? 0) - (places[index - 1] ?? -2) === 1,
  );
}

/** Equal but for the depth at which the whole stands, and for comments above that the block does not have. */
export function isSame({ file, block }: Outlines, old: Unit, unit: Unit): boolean {
  const shape = (outline: Outline, of: Unit, start: number): string =>
    outline.lines
      .slice(start, of.end)
      .filter(({ text }) => text !== "")
      .map(({ indent, text }) => `${String(indent - outline.indent(of))}:${text}`)
      .join("\n");
  const from = unit.leading.length === 0 ? "head" : "start";
  return !block.facts(unit).isElided && shape(file, old, old[from]) === shape(block, unit, unit[from]);
}

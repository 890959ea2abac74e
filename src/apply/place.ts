/** Finds the list of units in a file that a block belongs to: the file's own, a class's, a function's. */
import { isDefinition, type Outline } from "./facts";
import { pairUnits } from "./outlines";
import type { Unit } from "./units";

export interface Place {
  readonly units: readonly Unit[];
  /** The unit whose body it is; undefined for the file itself. */
  readonly owner: Unit | undefined;
  readonly score: number;
  /** Units of the block with the units of the file they are versions of. */
  readonly matches: readonly Match[];
}

export interface Match {
  readonly old: Unit;
  readonly unit: Unit;
  readonly likeness: number;
}

export type Search =
  | { readonly kind: "found"; readonly place: Place; readonly others: readonly Place[] }
  | { readonly kind: "none" }
  /** Several places fit as well as each other. */
  | { readonly kind: "ambiguous" };

/** From here on two units are taken for versions of each other without more evidence. */
export const SURE = 0.7;
/** As good as the best. */
const CLOSE = 0.995;

/** `near`: a line of the file, from 0, that the block is known to be about; it decides between equals. */
export function findPlace(file: Outline, block: Outline, units: readonly Unit[], near: number | undefined): Search {
  const places = listsOf(file.units)
    .map(({ units: list, owner }) => placeIn(file, block, { list, owner, units }))
    .filter((place) => isSure(block, units, place))
    .sort((a, b) => b.score - a.score);
  const [best] = places;
  if (best === undefined) {
    return { kind: "none" };
  }
  const equals = places.filter(({ score }) => score >= best.score * CLOSE);
  const place = equals.length === 1 ? best : nearest(equals, near);
  if (place === undefined || (near === undefined && isRepeated(file, block, place))) {
    return { kind: "ambiguous" };
  }
  return { kind: "found", place, others: places.filter((other) => other !== place) };
}

function listsOf(units: readonly Unit[], owner?: Unit): { units: readonly Unit[]; owner: Unit | undefined }[] {
  const inner = units.flatMap((unit) =>
    unit.segments.flatMap(({ body }) => (body.length === 0 ? [] : listsOf(body, unit))),
  );
  return [{ units, owner }, ...inner];
}

interface Candidate {
  readonly list: readonly Unit[];
  readonly owner: Unit | undefined;
  readonly units: readonly Unit[];
}

function placeIn(file: Outline, block: Outline, { list, owner, units }: Candidate): Place {
  const shown = units.filter(({ kind }) => kind !== "marker");
  const matches = pairUnits({ file, block }, list, units).flatMap(({ old, block: at, likeness }): Match[] => {
    const [oldUnit, unit] = [list[old], shown[at]];
    return oldUnit === undefined || unit === undefined ? [] : [{ old: oldUnit, unit, likeness }];
  });
  const score = matches.reduce((sum, { unit, likeness }) => sum + likeness * block.facts(unit).weight, 0);
  return { units: list, owner, score, matches };
}

/** One thing with the same name, or enough lines that say something and are the same. */
function isSure(block: Outline, units: readonly Unit[], { matches }: Place): boolean {
  const code = units.filter(({ kind }) => kind !== "marker" && kind !== "comment");
  const strong = matches.filter(({ unit, likeness }) => isStrong(block, unit, likeness));
  const total = matches.reduce((sum, { likeness }) => sum + likeness, 0);
  return (
    strong.some(
      ({ unit, likeness }) =>
        isDefinition(unit, block.facts(unit)) || (likeness === 1 && block.facts(unit).words.size > 3),
    ) ||
    strong.length >= 2 ||
    (strong.length === 1 && code.length <= 2) ||
    (code.length >= 3 && total / code.length >= SURE)
  );
}

function isStrong(block: Outline, unit: Unit, likeness: number): boolean {
  const { words, name, body } = block.facts(unit);
  if (unit.kind === "comment") {
    return likeness === 1 && words.size > 3;
  }
  return likeness >= SURE && unit.kind === "code" && (name !== undefined || words.size > 1 || body.length > 2);
}

function nearest(places: readonly Place[], near: number | undefined): Place | undefined {
  if (near === undefined) {
    return undefined;
  }
  const distance = ({ matches }: Place): number => Math.min(...matches.map(({ old }) => distanceTo(old, near)));
  return [...places].sort((a, b) => distance(a) - distance(b))[0];
}

function distanceTo({ start, end }: Unit, line: number): number {
  return line < start ? start - line : Math.max(0, line - end + 1);
}

/** The only thing that is shared stands in the list more than once. */
function isRepeated(file: Outline, block: Outline, { units, matches }: Place): boolean {
  const [only, ...more] = matches;
  if (only === undefined || more.length > 0) {
    return false;
  }
  const { name, head } = block.facts(only.unit);
  const alike = units.filter((unit) => {
    const facts = file.facts(unit);
    return (
      facts.head === head || (name !== undefined && facts.name?.text === name.text && facts.name.kind === name.kind)
    );
  });
  return alike.filter((unit) => file.facts(unit).head === head).length > 1 || (alike.length > 1 && only.likeness < 0.9);
}

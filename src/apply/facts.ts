/** What is known of each unit for finding it again in another text: its name, its words, the lines of its body. */
import { nameOf, type Name } from "./names";
import type { SourceLine } from "./source";
import type { Unit } from "./units";

export interface UnitFacts {
  readonly name: Name | undefined;
  /** The first line, without indentation. */
  readonly head: string;
  /** Words of the signature, each once. */
  readonly words: ReadonlySet<string>;
  /** Lines after the first, without indentation, blank ones and places where code was left out. */
  readonly body: readonly string[];
  /** Something in it was left out. */
  readonly isElided: boolean;
  /** How much it says: one for a bracket, more for what has many words. */
  readonly weight: number;
}

/** A text with its outline, and the facts of each of its units, computed once. */
export class Outline {
  private readonly known = new Map<Unit, UnitFacts>();

  constructor(
    readonly lines: readonly SourceLine[],
    readonly units: readonly Unit[],
  ) {}

  facts(unit: Unit): UnitFacts {
    const known = this.known.get(unit) ?? this.compute(unit);
    this.known.set(unit, known);
    return known;
  }

  text(line: number): string {
    return this.lines[line]?.text ?? "";
  }

  indent(unit: Unit): number {
    return this.lines[unit.head]?.indent ?? 0;
  }

  /** The texts of the lines that are not blank. */
  texts(start: number, end: number): string[] {
    return this.lines.slice(start, end).flatMap(({ text }) => (text === "" ? [] : [text]));
  }

  private compute(unit: Unit): UnitFacts {
    const [first] = unit.segments;
    const signature = this.texts(unit.head, first?.bodyStart ?? unit.head + 1).join(" ");
    const last = unit.end - unit.head > 1 ? this.text(unit.end - 1) : undefined;
    const left = markersIn(unit);
    const body = this.lines
      .slice(unit.head + 1, unit.end)
      .flatMap(({ text }, index) => (text === "" || left.has(unit.head + 1 + index) ? [] : [text]));
    const words = wordsOf(signature);
    return {
      name: unit.kind === "code" ? nameOf(signature, last) : undefined,
      head: signature,
      words,
      body,
      isElided: left.size > 0,
      weight: unit.kind === "comment" ? 0.3 : words.size === 0 ? 0.2 : 1 + Math.log2(words.size + body.length),
    };
  }
}

/** A definition: a function, a class, a test; what is not taken away because a block does not mention it. */
export function isDefinition(unit: Unit, { name }: UnitFacts): boolean {
  const long = unit.end - unit.head > 1;
  return name !== undefined && (name.kind === "function" || name.kind === "type" || (name.kind === "call" && long));
}

/** Words, numbers, and where there is neither the text itself. */
function wordsOf(text: string): ReadonlySet<string> {
  const words = text.match(/[\p{L}\p{N}_$]+/gu);
  return new Set(words ?? (text === "" ? [] : [text]));
}

function markersIn(unit: Unit): ReadonlySet<number> {
  const found = new Set<number>();
  const visit = (units: readonly Unit[]): void => {
    for (const { kind, head, segments } of units) {
      if (kind === "marker") {
        found.add(head);
      }
      segments.forEach(({ body }) => {
        visit(body);
      });
    }
  };
  visit([unit]);
  return found;
}

/**
 * The outline of a text in any language: what stands deeper under a line is its body, what closes it belongs to it, and
 * comments directly above come with it. Decided by indentation and brackets alone.
 */
import { isAnnotation, isComment, openCommentEnd } from "./comments";
import type { SourceLine } from "./source";

export type UnitKind = "code" | "comment" | "annotation" | "marker";

/** Line numbers count from 0, ends are exclusive. */
export interface Unit {
  readonly kind: UnitKind;
  /** Where the comments and annotations above it begin. */
  readonly start: number;
  readonly head: number;
  readonly end: number;
  readonly leading: readonly Unit[];
  /** `if {…}`, `else {…}`, `}`: each with what stands under it. */
  readonly segments: readonly Segment[];
}

export interface Segment {
  readonly start: number;
  /** Where its own lines end: more than one for a signature over several. */
  readonly bodyStart: number;
  readonly body: readonly Unit[];
}

const CONTINUES =
  /^(?:[)\]}>]|<\/|\/>|(?:end|fi|done|esac|else|elif|elsif|elseif|except|finally|catch|rescue|ensure|endif|endfor|endwhile)\b)/;
const OPENS = /(?:[{([:>]|=>|\bthen|\bdo|\bbegin)\s*$/i;
const BLANK: SourceLine = { raw: "", text: "", indent: 0 };
/** Deeper than any person writes; what goes on is read as flat, so that recursion stays bounded. */
const DEEPEST = 100;

export function parseUnits(lines: readonly SourceLine[], isMarker: (text: string) => boolean): Unit[] {
  return new UnitParser(placeMarkers(lines, isMarker), isMarker).list(-1, 0);
}

/** The lines that stand at this place without a unit of their own: blank ones before it. */
export function blanksBefore(lines: readonly SourceLine[], start: number): number {
  let first = start;
  while (first > 0 && lines[first - 1]?.text === "") {
    first--;
  }
  return start - first;
}

/** Models put such comments at any depth; each is read as a sibling of what follows or goes before. */
function placeMarkers(lines: readonly SourceLine[], isMarker: (text: string) => boolean): SourceLine[] {
  const written = lines.filter(({ text }) => text !== "");
  const before = new Map(written.map((line, index) => [line, written[index - 1]]));
  const after = new Map(written.map((line, index) => [line, written[index + 1]]));
  return lines.map((line) => {
    if (!isMarker(line.text)) {
      return line;
    }
    const previous = before.get(line);
    const next = after.get(line);
    if (previous !== undefined && !OPENS.test(previous.text) && line.indent > previous.indent) {
      return { ...line, indent: Math.max(previous.indent, next?.indent ?? 0) };
    }
    if (next !== undefined && next.indent > line.indent && !isMarker(next.text)) {
      return { ...line, indent: next.indent };
    }
    return line;
  });
}

class UnitParser {
  private at = 0;
  /** Ends of comments and texts that do not come any more. */
  private readonly unclosed = new Set<string>();

  constructor(
    private readonly lines: readonly SourceLine[],
    private readonly isMarker: (text: string) => boolean,
  ) {}

  /** The units that stand deeper than `floor`. */
  list(floor: number, depth: number): Unit[] {
    const units: Unit[] = [];
    for (;;) {
      const line = this.peek();
      if (line === undefined || line.indent <= floor) {
        return withLeading(units);
      }
      units.push(this.unit(depth));
    }
  }

  /** The next line that is not blank. */
  private peek(): SourceLine | undefined {
    while (this.lines[this.at]?.text === "") {
      this.at++;
    }
    return this.lines[this.at];
  }

  private unit(depth: number): Unit {
    const head = this.at;
    const first = this.lines[head] ?? BLANK;
    const kind = this.kindOf(first.text);
    this.at++;
    const closing = openCommentEnd(first.text) ?? openStringEnd(first.text);
    const isText = closing !== undefined && this.skipPast(closing);
    const segments =
      isText || kind !== "code" || depth > DEEPEST
        ? [{ start: head, bodyStart: this.at, body: [] }]
        : joinSignature(this.segments(head, first.indent, depth), this.lines);
    return { kind, start: head, head, end: endOf(segments.at(-1)), leading: [], segments };
  }

  /** What stands under the line, what continues it at its own depth, what stands under that… */
  private segments(head: number, indent: number, depth: number): Segment[] {
    const segments: Segment[] = [];
    for (let start = head; ;) {
      segments.push({ start, bodyStart: start + 1, body: this.bodyOf(indent, depth) });
      const next = this.peek();
      if (next?.indent !== indent || !continues(next.text, segments, this.lines)) {
        return segments;
      }
      start = this.at;
      this.at++;
    }
  }

  private bodyOf(indent: number, depth: number): Unit[] {
    const next = this.peek();
    return next !== undefined && next.indent > indent ? this.list(indent, depth + 1) : [];
  }

  private kindOf(text: string): UnitKind {
    if (this.isMarker(text)) {
      return "marker";
    }
    if (isComment(text)) {
      return "comment";
    }
    return isAnnotation(text) && !/[{;]\s*$/.test(text) ? "annotation" : "code";
  }

  /** Goes behind the line with the end of a comment or text; false, and nowhere, where there is none. */
  private skipPast(closing: string): boolean {
    if (this.unclosed.has(closing)) {
      return false;
    }
    for (let index = this.at; index < this.lines.length; index++) {
      if (this.lines[index]?.text.includes(closing) === true) {
        this.at = index + 1;
        return true;
      }
    }
    this.unclosed.add(closing);
    return false;
  }
}

/** Where a part ends with what stands under it. */
export function endOf(segment: Segment | undefined): number {
  return segment?.body.at(-1)?.end ?? segment?.bodyStart ?? 0;
}

/** A text over several lines: nothing in it is code. */
function openStringEnd(text: string): string | undefined {
  return ['"""', "'''"].find((quotes) => text.split(quotes).length % 2 === 0);
}

function continues(text: string, segments: readonly Segment[], lines: readonly SourceLine[]): boolean {
  const last = segments.at(-1);
  const lastText = textAt(lines, last);
  if (text === "{") {
    return last?.body.length === 0 && !/[;{}]$/.test(lastText);
  }
  const isOpen = /[{([]$/.test(lastText) || segments.some(({ body }) => body.length > 0);
  return isOpen && CONTINUES.test(text);
}

function textAt(lines: readonly SourceLine[], segment: Segment | undefined): string {
  return lines[segment?.start ?? -1]?.text ?? "";
}

/** `def f(`, its parameters, `) -> int:` are one signature of three or more lines. */
function joinSignature(segments: readonly Segment[], lines: readonly SourceLine[]): readonly Segment[] {
  const [first, second, ...rest] = segments;
  if (first === undefined || second === undefined) {
    return segments;
  }
  const next = textAt(lines, second);
  const closes = balanceOf(textAt(lines, first)) > 0 && balanceOf(next) < 0 && /^[)\]].*(?:[{:]|=>)$/.test(next);
  const isBrace = next === "{" && first.body.length === 0;
  return closes || isBrace
    ? [{ start: first.start, bodyStart: second.bodyStart, body: second.body }, ...rest]
    : segments;
}

function balanceOf(text: string): number {
  return (text.match(/[([]/g) ?? []).length - (text.match(/[)\]]/g) ?? []).length;
}

/** Comments and annotations directly above go with what they stand above. */
function withLeading(units: readonly Unit[]): Unit[] {
  const result: Unit[] = [];
  let leading: Unit[] = [];
  for (const unit of units) {
    if (leading.length > 0 && leading.at(-1)?.end !== unit.start) {
      result.push(...leading);
      leading = [];
    }
    if (unit.kind === "comment" || unit.kind === "annotation") {
      leading.push(unit);
    } else if (unit.kind === "marker") {
      result.push(...leading, unit);
      leading = [];
    } else {
      result.push({ ...unit, start: leading[0]?.start ?? unit.start, leading });
      leading = [];
    }
  }
  return [...result, ...leading];
}

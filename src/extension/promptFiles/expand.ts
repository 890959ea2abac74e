/** Writes a prompt: puts the values in the places of its variables. Pure. */
import type { BodyPart } from "./body";
import type { VariableName, VariableValues } from "./variables";

/**
 * A value is text and is not looked at again: braces in a selection stay braces. Where variables stand for nothing, a line
 * of nothing else is left out, and a label that such a line would end with, so that "Problems: {{problems}}" can stand in a
 * prompt also for code that has none. Fences around
 * values that contain fences become longer, so that no value can end its block.
 */
export function expandPrompt(body: readonly BodyPart[], values: VariableValues): string {
  const lines = linesOf(body).map((parts) => writtenLine(parts, values));
  const kept = withoutDoubleBlanks(lines);
  return withLongerFences(trimBlank(kept))
    .map(({ text }) => text)
    .join("\n");
}

/** The variables that the prompt has. */
export function usedVariables(body: readonly BodyPart[]): ReadonlySet<VariableName> {
  return new Set(body.flatMap((part) => (part.kind === "variable" ? [part.name] : [])));
}

interface WrittenLine {
  readonly text: string;
  /** Longest run of backticks in the line's values. */
  readonly ticks: number;
  /** No variable stands in the line: what it says was written by the prompt's author alone. */
  readonly plain: boolean;
  /** Its variables stand for nothing, and without them it says nothing. */
  readonly dropped: boolean;
}

function linesOf(body: readonly BodyPart[]): BodyPart[][] {
  const lines: BodyPart[][] = [[]];
  for (const part of body) {
    if (part.kind === "variable") {
      lines.at(-1)?.push(part);
      continue;
    }
    for (const [index, text] of part.text.split("\n").entries()) {
      if (index > 0) {
        lines.push([]);
      }
      lines.at(-1)?.push({ kind: "text", text });
    }
  }
  return lines;
}

function writtenLine(parts: readonly BodyPart[], values: VariableValues): WrittenLine {
  const valueOf = (name: VariableName): string => (values[name] ?? "").replaceAll("\r\n", "\n");
  const inserted = parts.flatMap((part) => (part.kind === "variable" ? [valueOf(part.name)] : []));
  const text = parts.map((part) => (part.kind === "text" ? part.text : valueOf(part.name))).join("");
  const isEmpty = inserted.length > 0 && inserted.every((value) => value.trim() === "");
  return {
    text: inserted.length === 0 || isEmpty ? text.trimEnd() : text,
    ticks: Math.max(0, ...inserted.map(longestTicks)),
    plain: inserted.length === 0,
    dropped: isEmpty && /(^|:)\s*$/.test(text.trim()),
  };
}

/** Drops lines, and of the two blank lines that are then neighbours one. */
function withoutDoubleBlanks(lines: readonly WrittenLine[]): WrittenLine[] {
  const kept: WrittenLine[] = [];
  let justDropped = false;
  for (const line of lines) {
    if (line.dropped) {
      justDropped = true;
    } else if (!(justDropped && isBlank(line) && (kept.length === 0 || kept.slice(-1).every(isBlank)))) {
      kept.push(line);
      justDropped = false;
    }
  }
  return kept;
}

function trimBlank(lines: readonly WrittenLine[]): WrittenLine[] {
  const first = lines.findIndex((line) => !isBlank(line));
  const last = lines.findLastIndex((line) => !isBlank(line));
  return first === -1 ? [] : lines.slice(first, last + 1);
}

function isBlank({ plain, text }: WrittenLine): boolean {
  return plain && text === "";
}

const FENCE = /^( {0,3})(`{3,})([^`]*)$/;

function withLongerFences(lines: readonly WrittenLine[]): WrittenLine[] {
  const result = [...lines];
  for (let at = 0; at < result.length; at++) {
    const opening = FENCE.exec(result[at]?.text ?? "");
    if (opening === null) {
      continue;
    }
    const fence = opening[2] ?? "";
    const length = result.slice(at + 1).findIndex((line) => line.plain && closes(line.text, fence));
    const end = length === -1 ? result.length : at + 1 + length;
    const ticks = Math.max(...result.slice(at, end).map((line) => line.ticks));
    if (ticks >= fence.length) {
      for (const index of [at, end]) {
        const line = result[index];
        if (line !== undefined) {
          result[index] = { ...line, text: line.text.replace(/`{3,}/, "`".repeat(ticks + 1)) };
        }
      }
    }
    at = end;
  }
  return result;
}

function closes(text: string, fence: string): boolean {
  const [, , ticks = "", rest = ""] = FENCE.exec(text) ?? [];
  return ticks.length >= fence.length && rest.trim() === "";
}

function longestTicks(value: string): number {
  return Math.max(0, ...(value.match(/`{3,}/g) ?? []).map((run) => run.length));
}

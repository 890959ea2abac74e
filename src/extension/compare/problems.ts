/** Turns the lines that commits have added into places to complete, whose answer is known. Pure. */
import type { EvaluationPlace } from "../../protocol/evaluation";
import type { Hunk } from "../git/diff";

/** A file as a commit left it. */
export interface CommittedFile {
  readonly uri: string;
  readonly languageId: string;
  readonly text: string;
  /** The lines that the commit added, from 0. */
  readonly added: readonly number[];
}

export interface Problem {
  readonly place: EvaluationPlace;
  /** What really stood from the cursor to the end of the line. */
  readonly expected: string;
}

/** How much of the file is sent, in UTF-16 units; models read less. */
const BEFORE_LENGTH = 20_000;
const AFTER_LENGTH = 8_000;

/** Shorter lines say little, longer ones are data. */
const MIN_CODE_LENGTH = 8;
const MAX_CODE_LENGTH = 160;

/** The lines that hunks added to the new file, from 0. */
export function addedLines(hunks: readonly Hunk[]): number[] {
  return hunks.flatMap(({ header, lines }) => {
    let line = Number(/^@@ -\S+ \+(\d+)/.exec(header)?.[1] ?? Number.NaN) - 1;
    const added: number[] = [];
    for (const text of lines) {
      if (text.startsWith("+")) {
        added.push(line);
      }
      line += /^[+ ]/.test(text) ? 1 : 0;
    }
    return added.filter((one) => Number.isInteger(one));
  });
}

/** At most so many problems, spread over the files: in turns a line from its beginning, and the rest of a line from its middle. */
export function problemsOf(files: readonly CommittedFile[], count: number): Problem[] {
  const candidates = files.flatMap((file) => {
    const lines = file.text.replace(/\r\n?/g, "\n").split("\n");
    return file.added.filter((line) => isTelling(lines[line] ?? "")).map((line) => ({ file, lines, line }));
  });
  const step = Math.max(1, candidates.length / count);
  const chosen = Array.from({ length: Math.min(count, candidates.length) }, (_, index) => Math.floor(index * step));
  return chosen.flatMap((at, index) => {
    const candidate = candidates[at];
    return candidate === undefined ? [] : [problemAt(candidate.file, candidate.lines, candidate.line, index % 2 === 1)];
  });
}

function isTelling(line: string): boolean {
  const code = line.trim();
  const isComment = /^(?:\/\/|#(?!\[)|\*|\/\*|--|<!--)/.test(code);
  const isLong = code.length >= MIN_CODE_LENGTH && code.length <= MAX_CODE_LENGTH;
  return isLong && !isComment && /[\p{L}\p{N}].*[\p{L}\p{N}]/u.test(code);
}

function problemAt(file: CommittedFile, lines: readonly string[], line: number, fromMiddle: boolean): Problem {
  const text = lines[line] ?? "";
  const indent = text.length - text.trimStart().length;
  const column = fromMiddle ? middleOf(text, indent) : indent;
  const before = [...lines.slice(0, line), text.slice(0, column)].join("\n");
  const after = `\n${lines.slice(line + 1).join("\n")}`;
  const { uri, languageId } = file;
  return {
    place: { uri, languageId, prefix: before.slice(-BEFORE_LENGTH), suffix: after.slice(0, AFTER_LENGTH) },
    expected: text.slice(column).trimEnd(),
  };
}

/** The first place between words in the second half of a line. */
function middleOf(line: string, indent: number): number {
  const half = indent + Math.floor((line.length - indent) / 2);
  const next = /[\s([{.,=]\s*(?=[^\s])/.exec(line.slice(half));
  const column = next === null ? indent : half + next.index + next[0].length;
  return column < line.length ? column : indent;
}

/** A piece that was copied from its first word on: its first line stands at the margin, its last one where it belongs. */
import type { SourceLine } from "./source";

/** The lines, the first of them as deep as the line that closes what it opens. */
export function withFirstIndented(lines: readonly SourceLine[]): readonly SourceLine[] {
  const written = lines.filter(({ text }) => text !== "");
  const [first, second] = written;
  const last = written.at(-1);
  if (first === undefined || second === undefined || last === undefined || !/^(?:[)\]}]|end\b)/.test(last.text)) {
    return lines;
  }
  const least = Math.min(...written.slice(1).map(({ indent }) => indent));
  const isCut = first.indent === 0 && /^[\w@$]/.test(first.text) && last.indent === least && second.indent > least;
  return isCut ? lines.with(lines.indexOf(first), { ...first, indent: least }) : lines;
}

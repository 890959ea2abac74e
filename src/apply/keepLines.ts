/** A replaced piece, in which the lines that did not change are the file's own, to the last blank at their ends. */
import { diffArrays } from "diff";
import type { SourceLine } from "./source";
import { blockLine, type Style } from "./writer";

/** The block's lines, moved `shift` columns to the right, as the file would write them. */
export function keepLines(
  old: readonly SourceLine[],
  block: readonly SourceLine[],
  shift: number,
  style: Style,
): string[] {
  const moved = block.map((line) => ({ line, key: keyOf(line, shift) }));
  const changes = diffArrays(
    old.map((line) => keyOf(line, 0)),
    moved.map(({ key }) => key),
  );
  const out: string[] = [];
  let atOld = 0;
  let atBlock = 0;
  for (const { added, removed, value } of changes) {
    const count = value.length;
    if (removed) {
      atOld += count;
      continue;
    }
    if (added) {
      out.push(...moved.slice(atBlock, atBlock + count).map(({ line }) => blockLine(line, shift, style)));
    } else {
      out.push(...old.slice(atOld, atOld + count).map(({ raw }) => raw));
      atOld += count;
    }
    atBlock += count;
  }
  return out;
}

function keyOf({ text, indent }: SourceLine, shift: number): string {
  return text === "" ? "" : `${String(indent + shift)}:${text}`;
}

/** A block that is indented by other steps than the file takes the file's. */
import { indentationOf, type SourceLine } from "./source";

/**
 * The block's lines with their depths counted in the file's levels, what goes beyond whole levels kept; the same lines where
 * they are so already. A piece is short, and its steps may mislead: lines that both have decide first.
 */
export function withFileLevels(block: readonly SourceLine[], file: readonly SourceLine[]): readonly SourceLine[] {
  const from = indentationOf(block);
  const to = indentationOf(file);
  if (from === undefined || to === undefined || from.unit === to.unit) {
    return block;
  }
  const moved = block.map((line) => ({
    ...line,
    indent: Math.floor(line.indent / from.unit) * to.unit + (line.indent % from.unit),
  }));
  const depths = depthsOf(file);
  return sharedSteps(block, depths) > sharedSteps(moved, depths) ? block : moved;
}

function depthsOf(file: readonly SourceLine[]): ReadonlyMap<string, ReadonlySet<number>> {
  const depths = new Map<string, Set<number>>();
  for (const { text, indent } of file) {
    depths.set(text, (depths.get(text) ?? new Set()).add(indent));
  }
  return depths;
}

/** How many steps from line to line the file takes too, between the same two lines. */
function sharedSteps(lines: readonly SourceLine[], depths: ReadonlyMap<string, ReadonlySet<number>>): number {
  const written = lines.filter(({ text }) => text !== "");
  return written.filter((line, index) => {
    const before = written[index - 1];
    const step = line.indent - (before?.indent ?? line.indent);
    const from = [...(depths.get(before?.text ?? "") ?? [])];
    const to = depths.get(line.text);
    return step !== 0 && to !== undefined && from.some((indent) => to.has(indent + step));
  }).length;
}

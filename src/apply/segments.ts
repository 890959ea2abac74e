/** Pairs the parts of two versions of one thing: `if … {`, `} else {`, `}`. */
import type { Outline } from "./facts";
import type { Segment } from "./units";

export type SegmentPair =
  { readonly old: Segment; readonly block: Segment | undefined } | { readonly old: undefined; readonly block: Segment };

interface Outlines {
  readonly file: Outline;
  readonly block: Outline;
}

/** The first with the first, the last with the last, between them those with the same line. */
export function pairSegments(
  { file, block }: Outlines,
  olds: readonly Segment[],
  blocks: readonly Segment[],
): SegmentPair[] {
  const pairs: SegmentPair[] = [];
  let at = 0;
  for (const [index, segment] of blocks.entries()) {
    const text = block.text(segment.start);
    const same = olds.findIndex((old, place) => place >= at && file.text(old.start) === text);
    const found = placeOf(index, { olds: olds.length, blocks: blocks.length, same });
    const old = olds[found];
    if (old === undefined || found < at) {
      pairs.push({ old: undefined, block: segment });
      continue;
    }
    pairs.push(...olds.slice(at, found).map((left) => ({ old: left, block: undefined })), { old, block: segment });
    at = found + 1;
  }
  return [...pairs, ...olds.slice(at).map((old) => ({ old, block: undefined }))];
}

interface Counts {
  readonly olds: number;
  readonly blocks: number;
  /** The first part of the file's from here on that begins with the same line; -1 where there is none. */
  readonly same: number;
}

function placeOf(index: number, { olds, blocks, same }: Counts): number {
  if (index === 0 || olds === blocks) {
    return index;
  }
  return index === blocks - 1 ? olds - 1 : same;
}

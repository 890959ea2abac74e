/** Pairs the units of a block with those of a file in order, so that what is alike stands opposite as much as possible. */
import { similarity, SIMILAR } from "./similarity";
import type { UnitFacts } from "./facts";

export interface Pair {
  /** Index among the units of the file. */
  readonly old: number;
  /** Index among those of the block. */
  readonly block: number;
  readonly likeness: number;
}

/** What follows each other in both texts is more likely meant than what does not. */
const NEIGHBOUR_BONUS = 0.25;
/** Comparing more would be felt; only equal units and equal names are then compared. */
const MOST_COMPARED = 400_000;
const MOST_CELLS = 16_000_000;

/** The best pairs in order, none crossing another. `adjacent(i)`: nothing was left out before the block's unit `i`. */
export function align(
  olds: readonly UnitFacts[],
  blocks: readonly UnitFacts[],
  adjacent: (block: number) => boolean,
): Pair[] {
  if ((olds.length + 1) * (blocks.length + 1) > MOST_CELLS) {
    return [];
  }
  const compare = olds.length * blocks.length > MOST_COMPARED ? quickly : similarity;
  const table = new Table(olds.length + 1, blocks.length + 1);
  for (const [b, block] of blocks.entries()) {
    for (const [o, old] of olds.entries()) {
      const like = compare(block, old);
      const gain = like * Math.min(block.weight, 2 * old.weight);
      table.fill(b + 1, o + 1, like >= SIMILAR ? { like, gain, follows: adjacent(b) } : undefined);
    }
  }
  return table.pairs();
}

/** What a pair is worth. `follows`: more, where the pair before it is the one diagonally before. */
interface Worth {
  readonly like: number;
  readonly gain: number;
  readonly follows: boolean;
}

/** Rows are units of the block, columns those of the file, both from 1. */
class Table {
  /** The best that all pairs up to here add up to. */
  private readonly best: Float64Array;
  /** The same where this pair is the last; -1 where it is none. */
  private readonly met: Float64Array;
  private readonly likeness: Float32Array;
  /** The pair is as good as it is because of the one diagonally before. */
  private readonly chained: Uint8Array;

  constructor(
    private readonly width: number,
    private readonly height: number,
  ) {
    this.best = new Float64Array(width * height);
    this.met = new Float64Array(width * height).fill(-1);
    this.likeness = new Float32Array(width * height);
    this.chained = new Uint8Array(width * height);
  }

  fill(row: number, column: number, worth: Worth | undefined): void {
    const cell = row * this.width + column;
    if (worth !== undefined) {
      const diagonal = cell - this.width - 1;
      const before = at(this.best, diagonal);
      const follows = worth.follows && at(this.met, diagonal) >= 0 ? at(this.met, diagonal) + NEIGHBOUR_BONUS : 0;
      this.met[cell] = worth.gain + Math.max(before, follows);
      this.chained[cell] = follows > before ? 1 : 0;
      this.likeness[cell] = worth.like;
    }
    this.best[cell] = Math.max(at(this.met, cell), at(this.best, cell - 1), at(this.best, cell - this.width));
  }

  pairs(): Pair[] {
    const pairs: Pair[] = [];
    let block = this.height - 1;
    let old = this.width - 1;
    let forced = false;
    while (block > 0 && old > 0) {
      const cell = block * this.width + old;
      const best = at(this.best, cell);
      if (forced || (at(this.met, cell) >= 0 && at(this.met, cell) === best)) {
        forced = at(this.chained, cell) === 1;
        block--;
        old--;
        pairs.push({ old, block, likeness: at(this.likeness, cell) });
      } else if (best === at(this.best, cell - 1)) {
        old--;
      } else {
        block--;
      }
    }
    return pairs.reverse();
  }
}

function at(values: Float64Array | Float32Array | Uint8Array, index: number): number {
  return values[index] ?? 0;
}

function quickly(a: UnitFacts, b: UnitFacts): number {
  if (a.name !== undefined && a.name.text === b.name?.text) {
    return 0.8;
  }
  if (a.head !== b.head) {
    return 0;
  }
  return a.body.length === b.body.length ? 1 : 0.8;
}

/**
 * Makes a diff fit the model's window, file by file: every file keeps its first line, those that say nothing keep only
 * that, and the others share the room, so that one large file does not push the small ones out. Pure.
 */
import type { FileDiff } from "./diff";
import { costOf, fitHunks, linesOf, type LineCost } from "./hunks";
import { whyUninteresting } from "./uninteresting";

export interface ShortDiff {
  readonly text: string;
  /** Something that a reader could miss was left out: not lock files, binary or generated ones. */
  readonly shortened: boolean;
}

interface Entry {
  readonly file: FileDiff;
  readonly header: string;
  /** No hunks are shown in any case. */
  readonly headerOnly: boolean;
}

/**
 * `budget` and `cost` count in the same unit, usually tokens. The result never costs more than the budget. Of files that
 * are hidden only the name is shown.
 */
export function shortenDiff(
  files: readonly FileDiff[],
  budget: number,
  cost: LineCost,
  hides: (path: string) => boolean = () => false,
): ShortDiff {
  const entries = files.map((file) => entryOf(file, hides(file.path) ? "not shown" : whyUninteresting(file)));
  const headers = entries.map(({ header }) => header);
  if (costOf(headers, cost) > budget) {
    return { text: someHeaders(headers, budget, cost).join("\n"), shortened: true };
  }
  const full = entries.map((entry) => (entry.headerOnly ? [] : entry.file.hunks.flatMap(linesOf)));
  const shares = fairShares(
    full.map((lines) => costOf(lines, cost)),
    budget - costOf(headers, cost),
  );
  let shortened = false;
  const blocks = entries.map(({ header, file }, index) => {
    const lines = full[index] ?? [];
    const share = shares[index] ?? 0;
    const fits = costOf(lines, cost) <= share;
    shortened ||= !fits;
    return [header, ...(fits ? lines : fitHunks(file.change === "deleted" ? [] : file.hunks, share, cost))];
  });
  return { text: blocks.flat().join("\n"), shortened };
}

function entryOf(file: FileDiff, why: string | undefined): Entry {
  const names = file.oldPath === undefined ? file.path : `${file.oldPath} -> ${file.path}`;
  const counts = file.binary ? "" : `, +${String(file.added)} -${String(file.removed)}`;
  const headerOnly = why !== undefined;
  return { file, header: `--- ${names} (${file.change}${counts}${headerOnly ? `, ${why}` : ""})`, headerOnly };
}

/** Who needs less than an equal share leaves the rest to the others. */
function fairShares(needs: readonly number[], room: number): number[] {
  const shares = needs.map(() => 0);
  let left = room;
  const ascending = needs.map((need, index) => ({ need, index })).sort((a, b) => a.need - b.need);
  for (const [done, { need, index }] of ascending.entries()) {
    const share = Math.min(need, left / (ascending.length - done));
    shares[index] = share;
    left -= share;
  }
  return shares;
}

function someHeaders(headers: readonly string[], budget: number, cost: LineCost): string[] {
  const note = (count: number): string => `[${String(count)} more files]`;
  let left = budget - cost(note(headers.length));
  const shown: string[] = [];
  for (const header of headers) {
    left -= cost(header);
    if (left < 0) {
      break;
    }
    shown.push(header);
  }
  const all = [...shown, note(headers.length - shown.length)];
  return costOf(all, cost) <= budget ? all : [];
}

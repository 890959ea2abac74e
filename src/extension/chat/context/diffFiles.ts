/** Takes files out of what `git diff` printed. Pure. */
import { parseDiff } from "../../git/diff";

export interface DiffPart {
  readonly diff: string;
  /** How many files were taken out. */
  readonly left: number;
}

/** Takes paths relative to the repository's root; a renamed file goes where either of its names is excluded. */
export function withoutFiles(diff: string, isExcluded: (path: string) => boolean): DiffPart {
  const sections = diff.split(/^(?=diff --(?:git|cc|combined) )/m);
  const kept = sections.filter((section) =>
    parseDiff(section).every(
      ({ path, oldPath }) => !isExcluded(path) && !(oldPath !== undefined && isExcluded(oldPath)),
    ),
  );
  return { diff: kept.join(""), left: sections.length - kept.length };
}

/** What stands between two versions of a file, as edits; and a proposal for one version carried over to another. */
import { applyPatch, diffLines, structuredPatch } from "diff";

/** Replaces the characters from `start` to `end` of the old text. Whole lines, in order, apart from each other. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Lines of the new text that the edit is about, from 0; the end is exclusive, and equal to the start for a deletion. */
  readonly lines: { readonly start: number; readonly end: number };
}

/** The least edits, by lines, that make `next` of `old`. */
export function editsBetween(old: string, next: string): Edit[] {
  const edits: Edit[] = [];
  let offset = 0;
  let line = 0;
  let open: Edit | undefined;
  for (const { added, removed, value, count } of diffLines(old, next)) {
    if (!added && !removed) {
      edits.push(...(open === undefined ? [] : [open]));
      open = undefined;
      offset += value.length;
      line += count;
      continue;
    }
    const edit: Edit = open ?? { start: offset, end: offset, text: "", lines: { start: line, end: line } };
    if (removed) {
      offset += value.length;
      open = { ...edit, end: offset };
    } else {
      line += count;
      open = { ...edit, text: edit.text + value, lines: { ...edit.lines, end: line } };
    }
  }
  return open === undefined ? edits : [...edits, open];
}

export function applyEdit(old: string, { start, end, text }: Edit): string {
  return old.slice(0, start) + text + old.slice(end);
}

/** Before `proposed` was made of `base`, the file changed to `current`: the proposal for that. `undefined` where both changed the same lines. */
export function rebase(base: string, proposed: string, current: string): string | undefined {
  if (base === current) {
    return proposed;
  }
  const patch = structuredPatch("", "", base, current, "", "", { context: 1 });
  const carried = applyPatch(proposed, patch, { autoConvertLineEndings: false });
  return carried === false ? undefined : carried;
}

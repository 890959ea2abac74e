/** Commas between the entries of a list, where merging put other entries next to each other. */

interface LastLines {
  /** The last line of each entry of the file, and of the block. */
  readonly old: readonly string[];
  readonly block: readonly string[];
}

/** The entries' lines, with a comma after all but the last where that is how the file's list is written. */
export function separate(entries: readonly (readonly string[])[], last: LastLines): readonly (readonly string[])[] {
  if (!isSeparated(last.old) && !(last.old.length < 2 && isSeparated(last.block))) {
    return entries;
  }
  const endsWithComma = last.old.at(-1)?.endsWith(",") === true;
  return entries.map((lines, index) => {
    const line = lines.at(-1) ?? "";
    const isLast = index === entries.length - 1;
    return [...lines.slice(0, -1), isLast ? asLast(line, endsWithComma) : withComma(line)];
  });
}

/** Comments do not count; two entries at least, of which all but the last end with a comma. */
function isSeparated(lines: readonly string[]): boolean {
  const entries = lines.filter((line) => !isRemark(line));
  return entries.length >= 2 && entries.slice(0, -1).every((line) => line.endsWith(","));
}

function withComma(line: string): string {
  const text = line.trimEnd();
  return /[,;{]$|^$/.test(text) || isRemark(text.trim()) || /\s(?:\/\/|#|\/\*)/.test(text)
    ? line
    : line.replace(/\s*$/, (end) => `,${end}`);
}

function asLast(line: string, endsWithComma: boolean): string {
  return endsWithComma ? withComma(line) : line.replace(/,(\s*)$/, "$1");
}

function isRemark(text: string): boolean {
  return /^(?:\/\/|#|\/\*|\*)|^(?:\.{3}|…)$/.test(text);
}

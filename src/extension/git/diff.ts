/** Reads what `git diff` prints into files and hunks. Pure. */

export interface Hunk {
  /** The line "@@ -1,4 +1,6 @@ def f():". */
  readonly header: string;
  /** With their first character: " ", "+", "-" or "\". */
  readonly lines: readonly string[];
}

export type FileChange = "modified" | "added" | "deleted" | "renamed";

export interface FileDiff {
  readonly path: string;
  /** Of a renamed file. */
  readonly oldPath?: string;
  readonly change: FileChange;
  readonly binary: boolean;
  readonly hunks: readonly Hunk[];
  readonly added: number;
  readonly removed: number;
}

/** Lines before the first file (warnings of git, say) are left out; colours are too. */
export function parseDiff(text: string): FileDiff[] {
  const files: FileDiff[] = [];
  let lines: string[] | undefined;
  for (const line of withoutColours(text).split(/\r?\n/)) {
    if (/^diff --(git|cc|combined) /.test(line)) {
      if (lines !== undefined) {
        files.push(fileOf(lines));
      }
      lines = [line];
    } else {
      lines?.push(line);
    }
  }
  if (lines !== undefined) {
    files.push(fileOf(lines));
  }
  return files;
}

function fileOf([first = "", ...rest]: readonly string[]): FileDiff {
  const start = rest.findIndex((line) => line.startsWith("@@"));
  const head = start === -1 ? rest : rest.slice(0, start);
  const hunks = start === -1 ? [] : hunksOf(rest.slice(start));
  const after = (prefix: string): string | undefined =>
    head.find((line) => line.startsWith(prefix))?.slice(prefix.length);
  const newPath = after("rename to ") ?? pathOf(after("+++ "));
  const oldPath = after("rename from ") ?? pathOf(after("--- "));
  const change = changeOf(head);
  const changed = hunks.flatMap(({ lines }) => lines);
  return {
    path: unquote(newPath ?? oldPath ?? pathOfFirstLine(first)),
    ...(change === "renamed" && oldPath !== undefined ? { oldPath: unquote(oldPath) } : {}),
    change,
    binary: head.some((line) => /^(Binary files |GIT binary patch)/.test(line)),
    hunks,
    added: changed.filter((line) => line.startsWith("+")).length,
    removed: changed.filter((line) => line.startsWith("-")).length,
  };
}

function changeOf(head: readonly string[]): FileChange {
  const has = (prefix: string): boolean => head.some((line) => line.startsWith(prefix));
  return has("new file") ? "added" : has("deleted file") ? "deleted" : has("rename to ") ? "renamed" : "modified";
}

function hunksOf(lines: readonly string[]): Hunk[] {
  const hunks: { header: string; lines: string[] }[] = [];
  for (const line of lines) {
    if (line.startsWith("@@")) {
      hunks.push({ header: line, lines: [] });
    } else if (line !== "") {
      hunks.at(-1)?.lines.push(line); // an empty line has its space, only the end of the text has none
    }
  }
  return hunks;
}

/** "b/src/a.ts" or, as the user's settings may want it, without or with another letter; nothing for /dev/null. */
function pathOf(written: string | undefined): string | undefined {
  const path = written?.replace(/\t$/, "");
  return path === undefined || path === "/dev/null" ? undefined : path.replace(/^("?)[abciow]\//, "$1");
}

/** Of "diff --git a/x b/x", which names the file twice; of "diff --cc x", once. */
function pathOfFirstLine(line: string): string {
  const names = line.replace(/^diff --\w+ /, "");
  const half = names.slice(0, (names.length - 1) / 2);
  const second = names.slice(half.length + 1);
  return second.slice(1) === half.slice(1) ? (pathOf(second) ?? second) : names;
}

/** Git puts paths with unusual characters in quotes, bytes as octal numbers. */
function unquote(path: string): string {
  if (!path.startsWith('"') || !path.endsWith('"') || path.length < 2) {
    return path;
  }
  const bytes = path
    .slice(1, -1)
    .replace(/\\([0-7]{3})|\\(.)|[^]/gu, (all, octal?: string, escaped?: string) =>
      octal !== undefined
        ? String.fromCharCode(Number.parseInt(octal, 8))
        : (escaped ?? Array.from(new TextEncoder().encode(all), (byte) => String.fromCharCode(byte)).join("")),
    );
  return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
}

function withoutColours(text: string): string {
  // eslint has a rule against control characters in expressions, hence the constructor
  return text.replace(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*[mK]`, "g"), "");
}

/** Cuts a declaration out of the lines that begin with it, short enough for a prompt. Pure. */

/** A whole function of this length says more than its head. */
const MAX_LINES = 16;

/** Takes lines from the declaration's first one on; gives it with LF line ends, without what a long one is made of inside. */
export function declarationOutline(text: string): string {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  const own = lines.slice(0, endOfBlock(lines));
  return withoutMargin(own.length <= MAX_LINES ? own : membersOf(own).slice(0, MAX_LINES))
    .join("\n")
    .trimEnd();
}

/** Lines that are indented more than the first belong to it, and so does the bracket that closes it. */
function endOfBlock(lines: readonly string[]): number {
  const [first = ""] = lines;
  const margin = indentOf(first);
  let openBrackets = balanceOf(first);
  for (let index = 1; index < lines.length; index++) {
    const line = lines[index] ?? "";
    const isInside = line.trim() === "" || indentOf(line) > margin;
    if (openBrackets <= 0 && !isInside) {
      return isOpener(line) && index === 1 ? endOfAllman(lines, margin) : index;
    }
    openBrackets += balanceOf(line);
    if (!isInside && openBrackets <= 0 && !/[:{]\s*$/.test(line)) {
      return index + 1; // the bracket that closes what the first line has opened
    }
  }
  return lines.length;
}

/** An opening bracket on a line of its own. */
function isOpener(line: string): boolean {
  return /^\s*\{\s*$/.test(line);
}

function endOfAllman(lines: readonly string[], margin: number): number {
  const close = lines.findIndex((line, index) => index > 1 && indentOf(line) <= margin && /^\s*\}/.test(line));
  return close < 0 ? lines.length : close + 1;
}

/** The lines of the first level inside, which of a class are its members. */
function membersOf(lines: readonly string[]): string[] {
  const [first = "", ...rest] = lines;
  const inside = rest.filter((line) => line.trim() !== "" && indentOf(line) > indentOf(first));
  const level = Math.min(...inside.map(indentOf));
  return [first, ...rest.filter((line) => line.trim() !== "" && indentOf(line) <= level)];
}

function withoutMargin(lines: readonly string[]): string[] {
  const margin = /^[ \t]*/.exec(lines[0] ?? "")?.[0] ?? "";
  return lines.map((line) => (line.startsWith(margin) ? line.slice(margin.length) : line.trimStart()));
}

/** Columns; a tab is as good as any number of spaces where lines are only compared. */
function indentOf(line: string): number {
  return /^[ \t]*/.exec(line.replaceAll("\t", "    "))?.[0].length ?? 0;
}

function balanceOf(line: string): number {
  return line.replace(/[^([{]/g, "").length - line.replace(/[^)\]}]/g, "").length;
}

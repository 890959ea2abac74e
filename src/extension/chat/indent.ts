/** Fits code that is inserted into the middle of a file to the line it goes to. Pure. */

/** Indents every line but the first like the place where the code goes, where nothing but white space stands before it. */
export function indentLike(code: string, textBeforeCursor: string): string {
  const trimmed = code.replace(/\n+$/, "");
  if (textBeforeCursor.trim() !== "") {
    return trimmed;
  }
  return trimmed
    .split("\n")
    .map((line, index) => (index === 0 || line === "" ? line : textBeforeCursor + line))
    .join("\n");
}

/** Takes the indentation that all lines share away and puts another in its place; no line end at the end. */
export function indentAll(code: string, indent: string): string {
  const lines = code.replace(/\n+$/, "").split("\n");
  const written = lines.filter((line) => line.trim() !== "");
  const shared = Math.min(...written.map((line) => line.search(/\S/)));
  return lines.map((line) => (line.trim() === "" ? "" : indent + line.slice(shared))).join("\n");
}

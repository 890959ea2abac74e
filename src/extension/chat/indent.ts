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

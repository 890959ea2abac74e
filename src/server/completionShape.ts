/** Decides from the code around the cursor whether a completion may run over several lines, and when it is long enough. */

/** A block is begun after an opener at the end of the line before, and on a line that is blank so far. */
export function mayBeMultiline(prefix: string, suffix: string): boolean {
  const line = prefix.slice(prefix.lastIndexOf("\n") + 1);
  const rest = suffix.split("\n", 1)[0] ?? "";
  return rest.trim() === "" && (line.trim() === "" || /[{([:]\s*$|=>\s*$/.test(line));
}

/** Whether generating can stop: at the end of the line, or of a block, which a blank line after code marks. */
export function isComplete(text: string, multiline: boolean): boolean {
  const code = text.trimStart();
  return code !== "" && (multiline ? /\n[ \t]*\n/.test(code) : code.includes("\n"));
}

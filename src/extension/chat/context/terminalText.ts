/** What a program sent to a terminal -> the text that one reads there. Pure. */
import { stripVTControlCharacters } from "node:util";

const ESCAPE = "\u001b";
const BELL = "\u0007";
const BACKSPACE = "\b";

/** VS Code's own marks of prompts and commands, and titles: they end with BELL or with ESCAPE and a backslash. */
const titles = new RegExp(`${ESCAPE}\\][^${BELL}${ESCAPE}]*(?:${BELL}|${ESCAPE}\\\\)`, "g");

/** Without colours and cursor moves; a line that was written over (a progress bar) has its last text. */
export function terminalText(raw: string): string {
  const plain = stripVTControlCharacters(raw.replace(titles, ""));
  return plain.replaceAll("\r\n", "\n").split("\n").map(lineShown).join("\n").trim();
}

function lineShown(line: string): string {
  return line
    .split("\r")
    .map(withoutErased)
    .reduce((before, part) => part + before.slice(part.length), "")
    .trimEnd();
}

function withoutErased(part: string): string {
  let text = "";
  for (const character of part) {
    text = character === BACKSPACE ? text.slice(0, -1) : text + character;
  }
  return text;
}

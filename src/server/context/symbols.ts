/** The names near a place in a document whose declarations would help to go on there. Pure. */
import type { TextDocument } from "vscode-languageserver-textdocument";
import { maskLiterals } from "../../postprocess/literals";
import type { SymbolUse } from "../../protocol/declarations";

/** More would keep the editor's language servers busy. */
const MAX_SYMBOLS = 16;
/** What the file imports is what will be used next; these many of the names are kept for it. */
const MAX_IMPORTED = 6;
const LINES_BEFORE = 25;
const LINES_AFTER = 8;
/** Where a file's imports stand. */
const IMPORT_LINES = 80;
const MAX_IMPORT_LENGTH = 20;

/** Shorter names are those of loops. */
const NAMES = /[\p{L}_$][\p{L}\p{N}_$]{2,}/gu;
const IMPORTS = /^\s*(?:import|from|use|using|require|open|include)\b/;

/** The words of the languages themselves, of all together: a name that is a keyword elsewhere is a small loss. */
const KEYWORDS: ReadonlySet<string> = new Set(
  (
    "abstract and any as assert async await auto base bool boolean break byte case catch chan char class const continue " +
    "crate debugger def default defer del delete double dyn elif else elsif end ensure enum except export extends extern " +
    "fallthrough false final finally float for foreach from func function global goto impl implements import include int " +
    "interface internal is lambda let local long loop map match mod module move mut namespace new nil none None nonlocal not null " +
    "number object operator or override package pass private protected public pub raise range readonly ref require return " +
    "select self Self sealed short signed sizeof static str string struct super switch template this throw throws trait " +
    "true True false False try type typedef typeof undefined union unless unsafe unsigned until use using val var virtual " +
    "void volatile when where while with yield print println len console"
  ).split(" "),
);

interface Found extends SymbolUse {
  readonly distance: number;
}

/** Each name once, at its place nearest to the line; the nearest first, then the names of the file's imports. */
export function symbolsNear(document: TextDocument, line: number): SymbolUse[] {
  const near = nearest(namesIn(document, Math.max(0, line - LINES_BEFORE), line + LINES_AFTER + 1, line));
  const imported = importedNames(document).filter(({ name }) => near.every((other) => other.name !== name));
  const kept = imported.slice(0, Math.max(MAX_IMPORTED, MAX_SYMBOLS - near.length));
  return [...near.slice(0, MAX_SYMBOLS - kept.length), ...kept].map(({ name, position }) => ({ name, position }));
}

function nearest(names: readonly Found[]): Found[] {
  const byName = new Map<string, Found>();
  for (const one of names) {
    const known = byName.get(one.name);
    if (known === undefined || one.distance <= known.distance) {
      byName.set(one.name, one);
    }
  }
  return [...byName.values()].sort((a, b) => a.distance - b.distance || b.position.character - a.position.character);
}

/** The names of whole lines, without those in strings and comments. */
function namesIn(document: TextDocument, start: number, end: number, line: number): Found[] {
  return maskedLines(document, start, end).flatMap((text, index) => namesOf(text, start + index, line));
}

function namesOf(text: string, line: number, from: number): Found[] {
  return [...text.matchAll(NAMES)]
    .filter(([name]) => !KEYWORDS.has(name))
    .map((match) => ({
      name: match[0],
      position: { line, character: match.index },
      // what stands above is likelier to be used again than what stands below
      distance: line <= from ? from - line : 2 * (line - from),
    }));
}

function importedNames(document: TextDocument): Found[] {
  const names: Found[] = [];
  let last = -1; // line that belongs to an import that goes on
  for (const [line, text] of maskedLines(document, 0, IMPORT_LINES).entries()) {
    const begins = IMPORTS.test(text);
    if (begins && /[({]\s*$/.test(text)) {
      last = line + MAX_IMPORT_LENGTH;
    }
    if (begins || line <= last) {
      names.push(...namesOf(text, line, line));
    }
    if (/^\s*[)}]/.test(text)) {
      last = -1;
    }
  }
  return names.filter(({ name }, index) => names.findIndex((other) => other.name === name) === index);
}

function maskedLines(document: TextDocument, start: number, end: number): string[] {
  const text = document.getText({ start: { line: start, character: 0 }, end: { line: end, character: 0 } });
  return maskLiterals(text.replace(/\r\n?/g, "\n"), document.languageId).code.split("\n");
}

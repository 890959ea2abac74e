/**
 * Takes the commit message out of a model's answer: what it says around it goes, the subject is one line of its own, and
 * lines are no longer than Git's own commands show them. Pure.
 */

/** What most tools show of a subject; the body is wrapped there, too. */
const WIDTH = 72;

/** So many tell a subject from the beginning of a sentence about it. */
const FEWEST_WORDS = 3;

const OPENING =
  /^(sure|certainly|of course|okay|ok|great|here('s| is| are)|based on|the following|this is (a|the)|below is|i (have|would)|a (good|possible|suitable) )\b[^\n]*$/i;
const CLOSING =
  /^(this (commit )?message|this commit (message|describes)|note:|please note|i hope|let me know|please let|feel free|explanation:|in this (commit|message)|i (chose|used|have))/i;
const LABEL = /^\W*((git )?commit message|subject( line)?|title|summary|message|body)( is)?\s*:\W*/i;

/** "" where there is no message in the answer. */
export function commitMessageOf(answer: string): string {
  const text = answer.replaceAll("\r\n", "\n");
  const inFence = fenced(text);
  const lines = unwrapped(inFence ?? withoutTalk(text))
    .split("\n")
    .filter((line) => !/^\s*`{3,}\w*\s*$/.test(line))
    .map((line) => line.trimEnd().replace(LABEL, ""));
  const first = lines.findIndex((line) => plainLine(line) !== "");
  if (first === -1) {
    return "";
  }
  const [subject, rest] = splitSubject(plainLine(lines[first] ?? ""));
  const body = [...(rest === "" ? [] : [rest]), ...lines.slice(first + 1)];
  return [subject, ...bodyOf(body)].join("\n");
}

/** The message in an answer that is not whole yet, up to its last whole word; "" while it may be talk around the message. */
export function messageSoFar(answer: string): string {
  const message = commitMessageOf(answer.slice(0, answer.search(/\s\S*$/) + 1));
  const [subject = "", ...body] = message.split("\n");
  const isTooShort = body.length === 0 && subject.split(" ").length < FEWEST_WORDS;
  return isTooShort || OPENING.test(subject) ? "" : message;
}

/** What the author wrote before is kept where it is the beginning of a subject, such as "fix(parser):". */
export function withPrefix(message: string, written: string): string {
  const prefix = written.trim();
  return message !== "" && /^[^\n]{1,40}:$/.test(prefix) && !message.toLowerCase().startsWith(prefix.toLowerCase())
    ? `${prefix} ${message.replace(/^[a-z]+(\([^)]*\))?!?:\s*/, "")}`
    : message;
}

/** The first fenced block that says something. */
function fenced(text: string): string | undefined {
  for (const [, inner = ""] of text.matchAll(/^[ \t]*`{3,}[^\n`]*\n([^]*?)(?:\n[ \t]*`{3,}|$(?![^]))/gm)) {
    if (inner.trim() !== "" && !/^(diff --git|@@ )/m.test(inner)) {
      return inner;
    }
  }
  return undefined;
}

function withoutTalk(text: string): string {
  const paragraphs = text.split(/\n[ \t]*\n/).map((paragraph) => paragraph.trim());
  const said = paragraphs.findIndex((paragraph, index) => index > 0 && CLOSING.test(paragraph));
  const kept = paragraphs.slice(0, said === -1 ? undefined : said);
  const [opening = "", ...rest] = (kept[0] ?? "").split("\n");
  if (OPENING.test(opening.trim()) && (rest.length > 0 || kept.length > 1 || opening.trimEnd().endsWith(":"))) {
    kept.splice(0, 1, ...(rest.length > 0 ? [rest.join("\n")] : []));
  }
  return kept.join("\n\n");
}

/** Without the command or the marks that stand around the whole message. */
function unwrapped(text: string): string {
  const command = /^\s*(?:\$ )?git commit .*?-m\s+(["'])([^]*?)\1/.exec(text);
  const inner = (command?.[2] ?? text).trim();
  const quoted = /^(["'`])([^]*)\1$/.exec(inner);
  return quoted !== null && !(quoted[2] ?? "").includes(quoted[1] ?? "") ? (quoted[2] ?? "") : inner;
}

/** A subject as plain text: no list mark, heading, emphasis or quotes, and no full stop. */
function plainLine(line: string): string {
  const bare = line.trim().replace(/^(?:[-*+•] |\d+[.)] |#+ )+/, "");
  const unmarked = bare.replace(/^(\*\*|__|`|"|')([^]*)\1$/, "$2").trim();
  return /[^.]\.$/.test(unmarked) ? unmarked.slice(0, -1).trimEnd() : unmarked;
}

/** A subject that is too long ends with its first sentence, else at a word; the rest goes into the body. */
function splitSubject(subject: string): [subject: string, rest: string] {
  if (subject.length <= WIDTH) {
    return [subject, ""];
  }
  const sentence = /^(.{10,72}?)[.;]\s+(?=\S)/.exec(subject);
  if (sentence !== null) {
    return [sentence[1] ?? "", subject.slice(sentence[0].length)];
  }
  const space = subject.lastIndexOf(" ", WIDTH - 1);
  return space < WIDTH / 3
    ? [subject, ""] // one long word: nothing is gained by cutting it
    : [`${subject.slice(0, space).replace(/[,:;]$/, "")}…`, `…${subject.slice(space + 1)}`];
}

function bodyOf(lines: readonly string[]): string[] {
  const wrapped: string[] = [];
  for (const line of lines) {
    if (line.trim() !== "") {
      wrapped.push(...wrap(line));
    } else if (wrapped.at(-1) !== "" && wrapped.length > 0) {
      wrapped.push("");
    }
  }
  while (wrapped.at(-1) === "") {
    wrapped.pop();
  }
  return wrapped.length === 0 ? [] : ["", ...wrapped];
}

function wrap(line: string): string[] {
  const indent = /^\s*(?:[-*+•] |\d+[.)] )?/.exec(line)?.[0].length ?? 0;
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(" ")) {
    if (current.trim() !== "" && `${current} ${word}`.length > WIDTH) {
      lines.push(current);
      current = " ".repeat(indent) + word;
    } else {
      current = current === "" && lines.length === 0 ? word : `${current} ${word}`;
    }
  }
  return [...lines, current];
}

/**
 * The places where a model left code out: "// ... existing code ...", "# rest of the file unchanged", a lone "...".
 * Models say it in the comments of every language and in the words of the answer's.
 */
import { commentText } from "./comments";
import type { SourceLine } from "./source";

const DOTS = /^(?:\.{3,}|…)|(?:\.{3,}|…)$/;
const ONLY_DOTS = /^(?:\.{3,}|…)$/;
const LONGEST_WORDS = 12;

/** Speaks of code that is there already. Enough together with dots. */
const ELIDED_WORDS =
  /\b(?:exist\w*|rest|remain\w*|other|others|previous\w*|unchanged|unmodified|same|omitted|elided|truncated|skipped|snip\w*|keep\w*|kept|before|above|below|more|code|methods?|functions?|imports?|implementation|logic|content|body|props|fields|styles|tests?|existentes?|resto|dem[áa]s|igual|anterior(?:es)?|c[óo]digo|m[ée]todos?|vorhanden\w*|rest\w*|unver[äa]ndert\w*|existants?|reste|inchang[ée]\w*)\b/iu;

/** Says so without any dots. */
const ELIDED_PHRASES: readonly RegExp[] = [
  /^\(?(?:the )?(?:rest|remainder) of (?:the |your |this |my |its )?\w+/i,
  /^\(?(?:your |the )?(?:existing|remaining|previous|unchanged|omitted|original) (?:code|imports?|methods?|functions?|implementation|logic|content|lines?|class(?:es)?|tests?|rules|styles|properties|fields|props|markup|file|body)(?: (?:here|unchanged|goes here|stays? the same|remains? (?:the same|unchanged)|as before|above|below|omitted(?: for brevity)?))?\)?\.?$/i,
  /^\(?(?:all |the )?other (?:\w+ )?(?:code|imports?|methods?|functions?|tests?|rules|styles|properties|fields|classes)(?: (?:here|unchanged|stay the same|remain (?:the same|unchanged)|as before|omitted(?: for brevity)?))?\)?\.?$/i,
  /\b(?:remains?|stays?|is|are|kept) (?:the )?(?:same|unchanged)(?: as before)?\)?\.?$/i,
  /^\(?(?:unchanged|no changes?|same as (?:before|above)|as before|omitted(?: for brevity)?|snip|code omitted)\)?\.?$/i,
  /^(?:el )?resto del? /iu,
  /^c[óo]digo existente\b|\bsin cambios\.?$/iu,
  /^(?:restlicher|vorhandener|bestehender) Code\b|\bunverändert\.?$/iu,
  /^(?:le )?reste du |^code existant\b|\binchangée?s?\.?$/iu,
];

/** Whether this line stands for code that was left out. `text` has no white space around it. */
export function isMarker(text: string): boolean {
  if (ONLY_DOTS.test(text)) {
    return true;
  }
  const said = commentText(text);
  return said !== undefined && saysElided(said);
}

function saysElided(said: string): boolean {
  const words = said.replace(/^[\s([{<]+|[\s)\]}>]+$/g, "");
  if (ONLY_DOTS.test(words)) {
    return true;
  }
  if (words.split(/\s+/).length > LONGEST_WORDS) {
    return false;
  }
  return (DOTS.test(words) && ELIDED_WORDS.test(words)) || ELIDED_PHRASES.some((phrase) => phrase.test(words));
}

/** `add(n) { /* ... *\/ }` on one line: what opens, what was left out, and what closes, as lines of their own. */
const INLINE = /^(.*[{([])\s*(\/\*.*\*\/|\.{3}|…|\/\/.*|#.*)\s*([}\])][}\]);,]*)$/;
/** Python's. */
const INLINE_SUITE = /^((?:async\s+)?(?:def|class)\s.*:)\s*(\.{3}\s*(?:#.*)?|#.*)$/;

/** The lines with such lines taken apart. `isKnown` says which lines the file has as they are: they are code. */
export function takeMarkersApart(lines: readonly SourceLine[], isKnown: (text: string) => boolean): SourceLine[] {
  return lines.flatMap((line) => {
    const [, head, left, close] = INLINE.exec(line.text) ?? INLINE_SUITE.exec(line.text) ?? [];
    if (head === undefined || left === undefined || isKnown(line.text) || !isMarker(left.replace(/^\.{3}\s*#/, "#"))) {
      return [line];
    }
    const piece = (text: string, deeper: number): SourceLine => ({
      raw: `${" ".repeat(line.indent + deeper)}${text}\n`,
      text,
      indent: line.indent + deeper,
    });
    return [piece(head, 0), piece(left, 1), ...(close === undefined ? [] : [piece(close, 0)])];
  });
}

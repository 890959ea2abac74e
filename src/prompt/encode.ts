/** Turns a prompt's segments into token ids, and ids back into the text that "Show Last Prompt" shows. */
import { assertNever } from "../base/assertNever";
import { MARKUP_CHARACTERS, type Segment, type SpecialToken } from "./segments";
import type { Vocabulary } from "./tokenizer";

/** Ordinary text that is encoded in one go. */
interface Run {
  readonly text: string;
  /** Without the space that SentencePiece puts before a text. */
  readonly continues: boolean;
}

/**
 * The token ids of a prompt. Text never yields a special token, whatever it says. Throws where a segment names an infill
 * token that the vocabulary does not have: such a model must be asked with the prefix alone.
 */
export function encode(segments: readonly Segment[], vocabulary: Vocabulary): number[] {
  return pieces(segments, vocabulary).flatMap((piece) =>
    typeof piece === "number" ? [piece] : encodeOrdinary(piece, vocabulary),
  );
}

function pieces(segments: readonly Segment[], vocabulary: Vocabulary): (number | Run)[] {
  const result: (number | Run)[] = [];
  for (const segment of segments) {
    switch (segment.kind) {
      case "special":
        result.push(...idOf(segment.token, vocabulary));
        break;
      case "text":
        appendText(result, segment.text);
        break;
      case "continuation":
        result.push({ text: segment.text, continues: true });
        break;
      case "markup":
        appendMarkup(result, segment.text, vocabulary);
        break;
      default:
        assertNever(segment);
    }
  }
  return result;
}

function idOf(token: SpecialToken, vocabulary: Vocabulary): number[] {
  const id = vocabulary.specialToken(token);
  if (id === undefined && (token === "prefix" || token === "suffix" || token === "middle")) {
    throw new Error(`the model has no ${token} token`);
  }
  return id === undefined ? [] : [id];
}

function appendText(result: (number | Run)[], text: string): void {
  const last = result.at(-1);
  if (typeof last === "object") {
    result[result.length - 1] = { ...last, text: last.text + text };
  } else if (text !== "") {
    result.push({ text, continues: false });
  }
}

/** Long names are tried first, as llama.cpp does when it parses special tokens in a text. */
function appendMarkup(result: (number | Run)[], text: string, vocabulary: Vocabulary): void {
  const names = [...vocabulary.namedTokens.keys()]
    .filter((name) => text.includes(name) && MARKUP_CHARACTERS.some((character) => name.includes(character)))
    .sort((a, b) => b.length - a.length);
  const parts = names.length === 0 ? [text] : text.split(new RegExp(`(${names.map(escapeRegExp).join("|")})`));
  for (const [index, part] of parts.entries()) {
    const id = index % 2 === 1 ? vocabulary.namedTokens.get(part) : undefined;
    if (id === undefined) {
      appendText(result, part);
    } else {
      result.push(id);
    }
  }
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

/**
 * Encodes text so that no special token comes out. ` <EOT>` is an ordinary piece of Code Llama's vocabulary, so a file that
 * contains it would end the infilling: the text is cut inside such a piece ("<" stays before the cut), and the parts are
 * encoded one by one. The result is what a vocabulary without these pieces gives.
 */
function encodeOrdinary(run: Run, vocabulary: Vocabulary): number[] {
  const ids = run.continues ? encodeContinuation(run.text, vocabulary) : vocabulary.tokenize(run.text);
  const cuts = cutsInsideSpecialPieces(ids, run, vocabulary);
  if (cuts.length === 0) {
    return ids;
  }
  return [0, ...cuts].flatMap((start, index) => {
    const part = { text: run.text.slice(start, cuts[index]), continues: run.continues || index > 0 };
    return encodeOrdinary(part, vocabulary);
  });
}

function cutsInsideSpecialPieces(ids: readonly number[], run: Run, vocabulary: Vocabulary): number[] {
  const cuts: number[] = [];
  // Offset in the text of the next id. A space that SentencePiece adds comes before offset 0.
  let offset = vocabulary.addsSpace && !run.continues ? -1 : 0;
  let ordinary: number[] = [];
  for (const id of ids) {
    const written = vocabulary.specialText(id);
    if (written === undefined) {
      ordinary.push(id);
      continue;
    }
    offset += vocabulary.decode(ordinary).length;
    ordinary = [];
    const firstCharacter = /^\s*./su.exec(written)?.[0] ?? "";
    cuts.push(offset + firstCharacter.length);
    offset += written.length;
  }
  return cuts.filter((cut) => cut > 0 && cut < run.text.length);
}

/** Texts that merge with nothing after them in SentencePiece vocabularies. The first is the one of Code Llama's reference. */
const ANCHORS = ["☺", "☻", "\n"];

/**
 * Encodes without SentencePiece's leading space: with an anchor before the text, whose ids are dropped again (Code Llama's
 * reference, llama/tokenizer.py, `encode_infilling`). How many ids the anchor has depends on the vocabulary.
 */
function encodeContinuation(text: string, vocabulary: Vocabulary): number[] {
  if (text === "" || !vocabulary.addsSpace) {
    return vocabulary.tokenize(text);
  }
  for (const anchor of ANCHORS) {
    const head = vocabulary.tokenize(anchor);
    const ids = vocabulary.tokenize(anchor + text);
    if (head.every((id, index) => ids[index] === id)) {
      return ids.slice(head.length);
    }
  }
  return vocabulary.tokenize(text); // a leading space too many is better than text that is missing
}

/**
 * The exact prompt as text, special tokens by their names: `<s>[INST] Hello [/INST]`. The space that SentencePiece adds
 * after a special token is left out; after `<SUF>` prompts have none (see infill.ts).
 */
export function promptText(tokens: readonly number[], vocabulary: Vocabulary): string {
  let result = "";
  let ordinary: number[] = [];
  let dropsSpace = vocabulary.addsSpace;
  const suffix = vocabulary.specialToken("suffix");
  const flush = (): void => {
    const decoded = vocabulary.decode(ordinary);
    result += dropsSpace && decoded.startsWith(" ") ? decoded.slice(1) : decoded;
    ordinary = [];
  };
  for (const id of tokens) {
    const written = vocabulary.specialText(id);
    if (written === undefined) {
      ordinary.push(id);
    } else {
      flush();
      result += written.trim();
      dropsSpace = vocabulary.addsSpace && id !== suffix;
    }
  }
  flush();
  return result;
}

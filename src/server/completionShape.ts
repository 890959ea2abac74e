/** Decides from the code around the cursor what form a completion may have, and while it is written when it is long enough. */
import { isCommentLine } from "../base/comments";
import { blockEnd, isEntry } from "../postprocess/blockEnd";
import { isClosingLine } from "../postprocess/brackets";
import { restOfLine, lineBefore, isBlank, type CompletionContext, type CompletionShape } from "../postprocess/filter";
import { columnsOf, detectIndentation } from "../postprocess/indentation";
import { dropHeldBackWhitespace } from "../postprocess/leadingWhitespace";
import { isAutoClosed } from "../postprocess/restOfLine";
import type { Multiline } from "../protocol/completionSettings";

/** While text is written, no more of the code above it decides whether it is complete: it is asked for every token. */
const LOOK_BACK_CHARACTERS = 20_000;

/** What is known of the place that a completion is for; only our own client tells the editor's indentation. */
export type CompletionPlace = Pick<CompletionContext, "languageId" | "prefix" | "suffix" | "heldBack"> &
  Partial<Pick<CompletionContext, "indentation">>;

export interface ShapeOptions {
  readonly multiline: Multiline;
  /** Whether the model sees what follows the cursor, and so ends by itself where that begins. */
  readonly infill: boolean;
}

const AS_THE_CODE_ASKS: ShapeOptions = { multiline: "auto", infill: true };

export function completionContext(place: CompletionPlace, options = AS_THE_CODE_ASKS): CompletionContext {
  const indentation = detectIndentation(place.prefix + place.suffix, place.indentation);
  return { ...place, indentation, shape: completionShape(place, options) };
}

/**
 * Code right of the cursor keeps a completion in its line, unless the editor put it there by closing a bracket. Otherwise it
 * finishes the statement of the cursor's line, with the block it opens (after an opening bracket or a colon, that block). On a
 * blank line it may be several statements; one where a model that cannot see what follows is put between two.
 */
export function completionShape(place: ShapePlace, { multiline, infill } = AS_THE_CODE_ASKS): CompletionShape {
  if (multiline === "never" || !isAutoClosed(restOfLine(place))) {
    return "line";
  }
  if (multiline === "always") {
    return "block";
  }
  const isOne = !isBlank(lineBefore(place)) || (!infill && isBetweenStatements(place));
  return isOne ? "statement" : "block";
}

type ShapePlace = Pick<CompletionContext, "languageId" | "prefix" | "suffix">;

/** Whether a blank line has code directly above and below it at its own depth. After a comment its code is still to come. */
function isBetweenStatements({ languageId, prefix, suffix }: ShapePlace): boolean {
  const above = prefix.split("\n").at(-2) ?? "";
  const below = suffix.split("\n", 2)[1] ?? "";
  const indent = lineBefore({ prefix });
  const depth = columnsOf(below);
  return (
    !isBlank(above) &&
    !isBlank(below) &&
    columnsOf(above) === depth &&
    (indent === "" || columnsOf(indent) === depth) &&
    !isClosingLine(below) &&
    !isCommentLine(above, languageId) &&
    !/(?:[{([:,]|=>|\b(?:then|do|else|begin))\s*$/.test(above)
  );
}

/** Whether generating can stop: at the end of the line, the statement or the block; a blank line after code ends each. */
export function isComplete(text: string, context: CompletionContext): boolean {
  const code = text.trimStart();
  if (code === "" || !code.includes("\n")) {
    return false;
  }
  if (context.shape === "line" || /\n[ \t]*\n/.test(code)) {
    return true;
  }
  const answer = dropHeldBackWhitespace.apply(text, context);
  const decided = isDecided(lastLine(answer)) ? answer : answer.slice(0, answer.lastIndexOf("\n"));
  return endsStatement(decided, context) || blockEnd(decided, near(context)) !== undefined;
}

/** A line that has been begun says where it belongs as soon as its first word is whole. */
function isDecided(line: string): boolean {
  return /^\s*(?:[\w$]+[^\w$]|[^\s\w$)\]}<])/.test(line);
}

/** One line that ends with a semicolon and began in the middle of the line is a whole statement. */
function endsStatement(text: string, context: CompletionContext): boolean {
  const isOneEntry = isEntry(lineBefore(context) + text);
  return context.shape === "statement" && !isOneEntry && /^[^\n{[]*\S[^\n{[]*;[ \t]*$/.test(text);
}

function near(context: CompletionContext): CompletionContext {
  const { prefix } = context;
  const start = prefix.indexOf("\n", prefix.length - LOOK_BACK_CHARACTERS);
  return prefix.length <= LOOK_BACK_CHARACTERS || start < 0 ? context : { ...context, prefix: prefix.slice(start + 1) };
}

function lastLine(text: string): string {
  return text.slice(text.lastIndexOf("\n") + 1);
}

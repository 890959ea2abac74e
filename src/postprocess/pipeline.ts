/** The order in which the filters turn a model's answer into what is shown, and what of the document it replaces. */
import { dropBlankLines, trimEnd, trimLineEnds } from "./blank";
import { cutAtBlockEnd } from "./blockEnd";
import { unwrapFences } from "./chatPhrases";
import { cutAtControlTokens } from "./controlTokens";
import { cutAtPathComment, dropEchoedLines, dropEchoedLineStart } from "./echoes";
import { cutAtClosedText } from "./closedText";
import type { CompletionContext, Filter } from "./filter";
import { useIndentationStyle } from "./indentationStyle";
import { dropBadStart, dropDoubledSpace, dropHeldBackWhitespace } from "./leadingWhitespace";
import { useLineFeeds } from "./lineEnds";
import { dropBlockSeries, dropLineSeries, dropRepeatedLines, dropRepeatedWords } from "./repeated";
import { cutRestOfLine, replacedCharacters } from "./restOfLine";
import { keepToLine } from "./singleLine";
import { cutAtLinesBelow } from "./suffixLines";
import { cutAtUnmatchedCloser, dropDoubledClosingLine } from "./unmatchedClosers";

const FILTERS: readonly Filter[] = [
  // What is no code
  useLineFeeds,
  cutAtControlTokens,
  unwrapFences,
  // The front
  dropHeldBackWhitespace,
  dropBadStart,
  dropEchoedLineStart,
  dropDoubledSpace,
  dropEchoedLines,
  // The end
  cutAtPathComment,
  keepToLine,
  cutRestOfLine,
  cutAtClosedText,
  cutAtLinesBelow,
  cutAtBlockEnd,
  dropRepeatedLines,
  dropLineSeries,
  dropBlockSeries,
  dropRepeatedWords,
  cutAtUnmatchedCloser,
  dropDoubledClosingLine,
  // White space
  useIndentationStyle,
  trimLineEnds,
  dropBlankLines,
  trimEnd,
];

export interface Shown {
  /** What to insert at the cursor, with LF line ends; "" for nothing. */
  readonly text: string;
  /** How many characters right of the cursor, all in its line, the text replaces. */
  readonly replaceSuffixChars: number;
  /** The filter that left nothing, where nothing is left. */
  readonly reason?: string;
}

/** What is shown of a model's answer. */
export function postprocess(answer: string, context: CompletionContext): Shown {
  let text = answer;
  for (const { name, apply } of FILTERS) {
    text = apply(text, context);
    if (text === "") {
      return { text, replaceSuffixChars: 0, reason: name };
    }
  }
  return { text, replaceSuffixChars: replacedCharacters(text, context) };
}

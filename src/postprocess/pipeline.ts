/** The order in which the filters turn a model's answer into what is shown. */
import { trimEnd } from "./blank";
import { cutAtBlockEnd } from "./blockEnd";
import type { CompletionContext, Filter } from "./filter";
import { dropHeldBackWhitespace } from "./heldBackWhitespace";
import { keepToLine } from "./singleLine";
import { cutAtNextLine, cutRestOfLine } from "./suffixRepeat";

const FILTERS: readonly Filter[] = [
  dropHeldBackWhitespace,
  keepToLine,
  cutRestOfLine,
  cutAtNextLine,
  cutAtBlockEnd,
  trimEnd,
];

/** What to insert at the cursor for a model's answer; "" for nothing. */
export function postprocess(answer: string, context: CompletionContext): string {
  return FILTERS.reduce((text, filter) => filter(text, context), answer);
}

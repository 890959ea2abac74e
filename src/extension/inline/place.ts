/** The text around a cursor, as far as it decides what is suggested there. Line ends are LF. Pure. */

/** How much of the text decides whether two places are the same, in UTF-16 units. */
const BEFORE_LENGTH = 2_000;
const AFTER_LENGTH = 500;

/** Brackets and quotes that the editor may have closed by itself; more at once do not occur. */
const MAX_AUTO_CLOSED = 8;

/** More typed text than this leaves too little of `before` to compare. */
const MAX_TYPED_LENGTH = 1_000;

export interface Place {
  readonly uri: string;
  /** The end of what stands before the cursor, at most `BEFORE_LENGTH`. */
  readonly before: string;
  /** The beginning of what stands after it, at most `AFTER_LENGTH + MAX_AUTO_CLOSED`. */
  readonly after: string;
}

export function placeOf(uri: string, before: string, after: string): Place {
  return {
    uri,
    before: withLineFeeds(before).slice(-BEFORE_LENGTH),
    after: withLineFeeds(after).slice(0, AFTER_LENGTH + MAX_AUTO_CLOSED),
  };
}

/** What could be inserted at a place. */
export interface Candidate {
  readonly text: string;
  /** How many units after the cursor it replaces. */
  readonly replaceAfter: number;
}

/** The place where the cursor is once a candidate was accepted. */
export function placeAfter({ uri, before, after }: Place, { text, replaceAfter }: Candidate): Place {
  return placeOf(uri, before + text, after.slice(replaceAfter));
}

/** What was typed, and how much the editor closed by itself, to get from one place to another. */
export interface Typed {
  readonly text: string;
  readonly autoClosed: number;
}

/** What was typed on the way between two places, where `text` is what would be typed; undefined where it is something else. */
export function typedThrough(from: Place, to: Place, text: string): Typed | undefined {
  if (from.uri !== to.uri) {
    return undefined;
  }
  for (let length = 0; length <= Math.min(text.length, MAX_TYPED_LENGTH); length++) {
    const typed = text.slice(0, length);
    if (!to.before.endsWith(typed) || !isSameBefore(from.before, to.before, length)) {
      continue;
    }
    const autoClosed = autoClosedBy(typed, from.after, to.after);
    if (autoClosed !== undefined) {
      return { text: typed, autoClosed };
    }
  }
  return undefined;
}

/** What was typed between two places, whatever it is, up to a length. */
export function typedSince(from: Place, to: Place, maxLength: number): Typed | undefined {
  for (let length = 0; length <= Math.min(maxLength, to.before.length); length++) {
    const typed = typedThrough(from, to, to.before.slice(to.before.length - length));
    if (typed?.text.length === length) {
      return typed;
    }
  }
  return undefined;
}

/** Whether both are the same once what was typed is taken off `to`. A text that was cut has lost its beginning. */
function isSameBefore(from: string, to: string, typedLength: number): boolean {
  const left = to.slice(0, to.length - typedLength);
  return to.length === BEFORE_LENGTH ? from.endsWith(left) : from === left;
}

function autoClosedBy(typed: string, from: string, to: string): number | undefined {
  const openers = typed.replace(/[^([{"'`]/g, "").length;
  for (let count = 0; count <= Math.min(openers, MAX_AUTO_CLOSED); count++) {
    const isClosed = /^[)\]}"'`]*$/.test(to.slice(0, count));
    if (isClosed && to.slice(count, count + AFTER_LENGTH) === from.slice(0, AFTER_LENGTH)) {
      return count;
    }
  }
  return undefined;
}

function withLineFeeds(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

/**
 * Watches an answer while it is written: ends it as soon as what follows would be cut off anyway, and says in the end how
 * much of it counts. Every token that is not generated is time the next suggestion has.
 */
import type { CompletionContext } from "../postprocess/filter";
import { dropHeldBackWhitespace } from "../postprocess/leadingWhitespace";
import { dropRepeatedLines, dropRepeatedWords } from "../postprocess/repeated";
import { cutAtLinesBelow } from "../postprocess/suffixLines";
import type { FinishReason } from "../protocol/engine";
import { Certainty, type CertaintyLimits } from "./certainty";
import { reachOfClosers } from "./closersAhead";
import { isComplete } from "./completionShape";

export interface Watched {
  readonly context: CompletionContext;
  /** Text the answer begins with that stands before the cursor already. */
  readonly taken: string;
  /** Closing brackets and quotes after the cursor that the prompt left out. */
  readonly closers: string;
  /** Milliseconds from the first token on. */
  readonly timeLimitMs: number;
  /** How sure the model has to be of what it goes on with. */
  readonly certainty: CertaintyLimits;
}

export class AnswerWatch {
  private firstTokenAt: number | undefined;
  private isLate = false;
  private checked = "";
  private readonly certainty: Certainty;

  constructor(
    private readonly watched: Watched,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.certainty = new Certainty(watched.certainty, watched.context.heldBack);
  }

  /** The probability that the model gives the first line of its answer; undefined where it is not known. */
  get probability(): number | undefined {
    return this.certainty.firstLine;
  }

  /** Whether to stop here; asked with the whole answer so far and the probability of its last token, after every token. */
  isComplete(answer: string, probability?: number): boolean {
    const { context, closers, timeLimitMs } = this.watched;
    const text = this.ownText(answer);
    this.certainty.add(text, probability);
    this.firstTokenAt ??= this.now();
    this.isLate = this.now() - this.firstTokenAt > timeLimitMs;
    return (
      this.isLate ||
      this.certainty.isUnsure ||
      isComplete(text, context) ||
      reachOfClosers(text, closers) !== undefined ||
      this.lastLineIsKnown(text) ||
      dropRepeatedWords.apply(text, context) !== text
    );
  }

  /** What counts of an answer that has ended. Where a limit or the user ended it, a line that has only begun does not. */
  outcome(answer: string, finishReason: FinishReason): string {
    const text = this.ownText(answer);
    if (this.certainty.isUnsure) {
      return this.certainty.sure(text);
    }
    return finishReason === "stop" && !this.isLate
      ? text.slice(0, reachOfClosers(text, this.watched.closers))
      : text.slice(0, Math.max(0, text.lastIndexOf("\n")));
  }

  /** An answer that does not begin as it has to is none. */
  private ownText(answer: string): string {
    const { taken } = this.watched;
    return answer.startsWith(taken) ? answer.slice(taken.length) : "";
  }

  /** Whether the last whole line repeats those below the cursor, or those above it; looked at once each. */
  private lastLineIsKnown(text: string): boolean {
    const { context } = this.watched;
    const whole = text.slice(0, text.lastIndexOf("\n") + 1).trimEnd();
    if (whole === this.checked) {
      return false;
    }
    this.checked = whole;
    const lines = dropHeldBackWhitespace.apply(whole, context);
    return [cutAtLinesBelow, dropRepeatedLines].some(({ apply }) => apply(lines, context) !== lines);
  }
}

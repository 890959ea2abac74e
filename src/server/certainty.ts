/**
 * How sure the model is of what it writes: the product of its tokens' probabilities is what it gives itself for the whole
 * line. Ends an answer where that falls below a limit, and says what of it can be shown nevertheless. The limits are chosen
 * on HumanEval-Infilling (docs/evaluation.md).
 */
import { balanceOf } from "../postprocess/brackets";
import { isBlank } from "../postprocess/filter";
import { openQuote } from "../postprocess/literals";
import type { Eagerness } from "../protocol/completionSettings";

export interface CertaintyLimits {
  /** The least probability of a line. */
  readonly line: number;
  /** The least probability of a part of the first line, where the whole line has too little. */
  readonly part: number;
}

export const CERTAINTY_LIMITS: Readonly<Record<Eagerness, CertaintyLimits>> = {
  eager: { line: 0, part: 0 },
  balanced: { line: 0.03, part: 0.3 },
  cautious: { line: 0.15, part: 0.5 },
};

/** Shorter parts of a line are typed faster than read. */
const MIN_PART_CHARACTERS = 4;

/** After these something has to follow. */
const GOES_ON =
  /(?:^|[^\p{L}\p{N}_$.])(?:not|and|or|in|of|is|if|elif|else|return|await|async|new|const|let|var|def|fn|func|function|class|import|from|for|while|with|as|throw|raise|case|typeof|instanceof|yield|extends|implements|public|private|static|readonly)$/u;

export class Certainty {
  private line = 1;
  private wholeLines = 0;
  /** Of the first line: the end of the longest part that may be shown by itself. */
  private part = 0;
  private lastLength = 0;
  private unsure = false;
  private first: number | undefined;

  constructor(
    private readonly limits: CertaintyLimits,
    /** White space that the answer begins with because the prompt left it out: it is no guess. */
    private readonly heldBack: string,
  ) {}

  /** The probability of the first line, or of what there is of it; undefined while nothing is known. */
  get firstLine(): number | undefined {
    return this.first ?? (this.lastLength === 0 ? undefined : this.line);
  }

  get isUnsure(): boolean {
    return this.unsure;
  }

  /** Takes the answer so far and the probability of its last token. */
  add(text: string, probability: number | undefined): void {
    const added = text.slice(this.lastLength);
    if (text.length <= this.heldBack.length || this.unsure || probability === undefined) {
      return;
    }
    this.notePart(text.slice(0, this.lastLength), added);
    this.line *= probability;
    this.lastLength = text.length;
    this.unsure = this.line < this.limits.line;
    if (!this.unsure && added.includes("\n") && !isBlank(text.slice(this.wholeLines))) {
      this.wholeLines = text.lastIndexOf("\n");
      this.first ??= this.line;
      this.line = 1;
    }
  }

  /** What can be shown of an answer that has become unsure: whole lines, or of the first line the part that is sure. */
  sure(text: string): string {
    return this.unsure ? text.slice(0, this.wholeLines > 0 ? this.wholeLines : this.part) : text;
  }

  private notePart(before: string, added: string): void {
    const isSure = this.line >= this.limits.part && this.wholeLines === 0;
    if (isSure && isSensibleEnd(before, added)) {
      this.part = before.length;
    }
  }
}

/** Whether a line could be left there: between words, with every bracket and quote closed. */
function isSensibleEnd(before: string, next: string): boolean {
  const isBetweenWords = /[\p{L}\p{N}_)\]}"'`]$/u.test(before) && !/^[\p{L}\p{N}_]/u.test(next);
  return (
    isBetweenWords &&
    before.trim().length >= MIN_PART_CHARACTERS &&
    !GOES_ON.test(before) &&
    openQuote(before) === undefined &&
    balanceOf(before).missing.length === 0
  );
}

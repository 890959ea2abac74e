/**
 * Token healing: where a text ends inside a word, its last token is seldom one that the model has seen before what comes
 * next ("has_cl" + "ose"). The token is taken back, and the answer has to begin with its text.
 */
import type { Vocabulary } from "./tokenizer";

export interface HealedPrompt {
  readonly tokens: readonly number[];
  /** What the answer has to begin with; "" for anything. */
  readonly answerStart: string;
}

/** Takes the last token back where it is ordinary text that ends in no white space. */
export function healPrompt(tokens: readonly number[], vocabulary: Vocabulary): HealedPrompt {
  const last = tokens.slice(-1);
  const isSpecial = last.some((id) => vocabulary.specialText(id) !== undefined);
  const text = isSpecial ? "" : vocabulary.decode(last);
  return /\S$/u.test(text) && !text.includes("\uFFFD")
    ? { tokens: tokens.slice(0, -1), answerStart: text }
    : { tokens, answerStart: "" };
}

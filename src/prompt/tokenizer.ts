/** What prompt building needs to know of a model's vocabulary. The engine implements it; see encode.ts for its use. */
import type { SpecialToken } from "./segments";

export interface Vocabulary {
  /** Ordinary encoding of a text, its special-token names included as plain text; SentencePiece's leading space is added. */
  tokenize(text: string): number[];
  /** The same, but names of special tokens become those tokens. */
  tokenizeMarkup(text: string): number[];
  /** How a token is written, also where it is special: "</s>", "▁<PRE>"; other tokens as the text they stand for. */
  tokenText(id: number): string;
  isSpecial(id: number): boolean;
  /** The id of a special token; `undefined` where the model has none. */
  specialToken(token: SpecialToken): number | undefined;
}

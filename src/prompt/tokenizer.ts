/** What prompt building needs to know of a model's vocabulary. The engine implements it; see encode.ts for its use. */
import type { SpecialToken } from "./segments";

export interface Vocabulary {
  /** Whether `tokenize` puts a space before a text, as SentencePiece does for Llama 2. */
  readonly addsSpace: boolean;
  /** Special tokens by the names that chat templates write them with, e.g. "</s>". */
  readonly namedTokens: ReadonlyMap<string, number>;
  /**
   * Ordinary encoding of a text; names of control tokens stay text. Infill tokens are ordinary pieces of Code Llama's
   * vocabulary and can come out nevertheless: `encode` sees to that.
   */
  tokenize(text: string): number[];
  /**
   * The text of ordinary tokens that continue other text: a space they begin with is kept. Bytes that are no whole
   * character become U+FFFD, special tokens nothing.
   */
  decode(tokens: readonly number[]): string;
  /** How a special token is written, with the space that is part of its piece: "</s>", " <PRE>"; `undefined` for others. */
  specialText(id: number): string | undefined;
  /** The id of a special token; `undefined` where the model has none. */
  specialToken(token: SpecialToken): number | undefined;
  /** Whether generating this token ends an answer: EOS and the like, and Code Llama's end of infill. */
  endsAnswer(id: number): boolean;
}

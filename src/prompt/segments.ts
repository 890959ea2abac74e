/**
 * A prompt before it is tokenized: special tokens by name, everything else as text. What users type and files contain
 * enters prompts as text only, so it can never become a special token.
 */

/**
 * Special tokens by what they are for; a model's header says which ids they have. `start` is what the header wants at the
 * start of any prompt (BOS, or nothing); `bos` is BOS where the prompt's format demands it.
 */
export type SpecialToken = "start" | "bos" | "eos" | "prefix" | "suffix" | "middle";

/** Texts and markup that stand side by side are encoded as one text. */
export type Segment =
  | { readonly kind: "special"; readonly token: SpecialToken }
  /** Ordinary text. SentencePiece puts its own space before it. */
  | { readonly kind: "text"; readonly text: string }
  /** Ordinary text that goes on where another text was cut: without that space. */
  | { readonly kind: "continuation"; readonly text: string }
  /** Text of a chat template, in which the names of special tokens mean those tokens. */
  | { readonly kind: "markup"; readonly text: string };

export function special(token: SpecialToken): Segment {
  return { kind: "special", token };
}

export function text(value: string): Segment {
  return { kind: "text", text: value };
}

export function continuation(value: string): Segment {
  return { kind: "continuation", text: value };
}

export function markup(value: string): Segment {
  return { kind: "markup", text: value };
}

/**
 * Names of special tokens are recognised in markup only where they contain one of these characters, as `<s>`, `[PAD]` and
 * `<|im_start|>` do. templateChat.ts relies on it to keep what users say apart from what the template says.
 */
export const MARKUP_CHARACTERS: readonly string[] = ["<", ">", "[", "]", "|"];

/**
 * A prompt before it is tokenized: special tokens by name, everything else as text. What users type and files contain
 * enters prompts as text only, so it can never become a special token.
 */

/** Special tokens by what they are for; a model's header says which ids they have. */
export type SpecialToken = "bos" | "eos" | "prefix" | "suffix" | "middle";

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

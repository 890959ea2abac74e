/**
 * Code Llama's infilling prompts, and the prompt of models that cannot infill. Source: meta-llama/codellama,
 * llama/generation.py; paper arXiv 2308.12950.
 */
import { continuation, special, text, type Segment } from "./segments";

/** Prefix-suffix-middle or suffix-prefix-middle: which of the two texts the model reads last. */
export type InfillForm = "psm" | "spm";

/** The prompt for what stands between two texts. Both are taken as they are: see `splitTrailingWhitespace`. */
export function infillSegments(prefix: string, suffix: string, form: InfillForm): Segment[] {
  const before = text(prefix);
  const after = [special("suffix"), continuation(suffix)];
  return form === "psm"
    ? [special("bos"), special("prefix"), before, ...after, special("middle")]
    : [special("bos"), special("prefix"), ...after, special("middle"), before];
}

/** The prompt of a model without infill tokens: it goes on from the prefix and never sees the suffix. */
export function prefixSegments(prefix: string): Segment[] {
  return [special("bos"), text(prefix)];
}

/**
 * SPM where the cursor stands at a token boundary, PSM inside a word (paper, appendix E): with SPM the answer continues the
 * prefix directly and cannot complete a token that was cut. Takes the prefix with its trailing white space.
 */
export function infillForm(prefix: string): InfillForm {
  return /[\p{L}\p{M}\p{N}_$]$/u.test(prefix) ? "psm" : "spm";
}

/**
 * A prompt must not end in spaces or tabs: SentencePiece would have put them into one token with what follows, so the
 * model is asked without and its answer begins with them. `heldBack` is to be taken off the front of the answer.
 */
export function splitTrailingWhitespace(prefix: string): { readonly prefix: string; readonly heldBack: string } {
  let end = prefix.length;
  while (end > 0 && (prefix[end - 1] === " " || prefix[end - 1] === "\t")) {
    end--;
  }
  return { prefix: prefix.slice(0, end), heldBack: prefix.slice(end) };
}

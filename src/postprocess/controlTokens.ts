/**
 * Takes off control tokens that a model wrote as text, and ends the answer at those that end one (tabby#2380: StarCoder's
 * infill tokens in suggestions). A document that holds such a token is about tokens, and keeps it; so does a quoted one.
 */
import type { CompletionContext, Filter } from "./filter";
import { isMarkup } from "./languages";

/** Of Llama 2, Code Llama, StarCoder, Qwen, DeepSeek, CodeGemma, Llama 3 and ChatML. */
const TOKENS = [
  ...["<EOT>", "<PRE>", "<SUF>", "<MID>", "[INST]", "[/INST]", "<<SYS>>", "<</SYS>>", "<|endoftext|>", "<|eot_id|>"],
  ...[
    "<fim_prefix>",
    "<fim_suffix>",
    "<fim_middle>",
    "<fim_pad>",
    "<|fim_prefix|>",
    "<|fim_suffix|>",
    "<|fim_middle|>",
  ],
  ...[
    "<|fim_pad|>",
    "<|fim_begin|>",
    "<|fim_hole|>",
    "<|fim_end|>",
    "<file_sep>",
    "<|file_sep|>",
    "<|file_separator|>",
  ],
  ...[
    "<repo_name>",
    "<|repo_name|>",
    "<reponame>",
    "<filename>",
    "<gh_stars>",
    "<|im_start|>",
    "<|im_end|>",
    "<|cursor|>",
  ],
  ...[
    "<｜fim▁begin｜>",
    "<｜fim▁hole｜>",
    "<｜fim▁end｜>",
    "<｜begin▁of▁sentence｜>",
    "<｜end▁of▁sentence｜>",
    "<end_of_turn>",
  ],
] as const;

/** Tags of HTML as well. */
const SENTENCE_TOKENS = ["<s>", "</s>"] as const;

export const cutAtControlTokens: Filter = {
  name: "controlTokens",
  apply: (text, context) => {
    const tokens = isMarkup(context.languageId) ? TOKENS : [...TOKENS, ...SENTENCE_TOKENS];
    const foreign = tokens.filter((token) => text.includes(token) && !isInDocument(token, context));
    if (foreign.length === 0 || foreign.some((token) => isQuoted(token, text, context))) {
      return text;
    }
    const start = withoutLeading(text, foreign);
    const ends = foreign.map((token) => start.indexOf(token)).filter((index) => index >= 0);
    return start.slice(0, Math.min(start.length, ...ends));
  },
};

function isInDocument(token: string, { prefix, suffix }: CompletionContext): boolean {
  return prefix.includes(token) || suffix.includes(token);
}

/** Code about tokens quotes them, perhaps with the space that belongs to their piece. */
function isQuoted(token: string, text: string, { prefix }: CompletionContext): boolean {
  return /["'`/\\][ \u2581]?$/.test(prefix.slice(-2) + text.slice(0, text.indexOf(token)));
}

function withoutLeading(text: string, tokens: readonly string[]): string {
  const token = tokens.find((candidate) => text.trimStart().startsWith(candidate));
  return token === undefined ? text : withoutLeading(text.trimStart().slice(token.length), tokens);
}

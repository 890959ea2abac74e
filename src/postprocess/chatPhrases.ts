/**
 * Undoes what instruct models wrap around code: a sentence before it, a Markdown fence around it, an explanation after it
 * (twinny#276, #338: instruct models asked to complete; Continue and Tabby cut at a fence too). Documents in Markdown, and
 * places inside comments and long strings, keep their fences.
 */
import { isBlank, lineBefore, type CompletionContext, type Filter } from "./filter";
import { isKeyed, isMarkup, isProse } from "./languages";
import { isInsideText } from "./literals";

const FENCE = /^[ \t]*(?:```|~~~)/;
const PHRASES = [
  /^(?:sure|certainly|of course|absolutely)\b[^\n(=]*[!:.,]/i,
  /^here(?:'s| is| are) (?:the|a|an|your|how|one|some)\b[^\n(=]*[:.]\s*$/i,
  /^(?:i'm sorry|i apologi[sz]e|as an ai|i can(?:no|')t (?:help|assist)|the (?:completed|missing|following) code\b[^\n(=]*:\s*$)/i,
  /^\[?(?:answer|completion|output)\]?:\s*$/i,
];

export const unwrapFences: Filter = {
  name: "chatPhrases",
  apply: (text, context) => {
    if (
      isProse(context.languageId) ||
      isMarkup(context.languageId) ||
      isInsideText(context.prefix, context.languageId)
    ) {
      return text;
    }
    const code = isBlank(lineBefore(context)) && !isKeyed(context.languageId) ? afterPhrases(text) : text;
    return insideFence(code, context);
  },
};

/** The answer without a chat's opening sentence; nothing where it is nothing else. */
function afterPhrases(text: string): string {
  const [first = "", ...others] = text.trimStart().split("\n");
  if (!PHRASES.some((phrase) => phrase.test(first.trim()))) {
    return text;
  }
  const fence = others.findIndex((line) => FENCE.test(line));
  return others.slice(Math.max(0, fence)).join("\n").replace(/^\n+/, "");
}

function insideFence(text: string, context: CompletionContext): string {
  const lines = text.split("\n");
  const first = lines.findIndex((line) => !isBlank(line));
  const opens = first >= 0 && FENCE.test(lines[first] ?? "") && !lineBefore(context).includes("`");
  const code = opens ? lines.slice(first + 1) : lines;
  const end = code.findIndex((line) => /^(?:```|~~~)\s*$/.test(line) || (opens && FENCE.test(line)));
  return end < 0 ? code.join("\n") : code.slice(0, end).join("\n");
}

/**
 * Ends an answer inside a block comment, or a string over several lines, where it closes what the text below closes already:
 * editors write the end of a comment together with its beginning.
 */
import { restOfLine, type Filter } from "./filter";
import { maskLiterals } from "./literals";

export const cutAtClosedText: Filter = {
  name: "closedText",
  apply: (text, { prefix, suffix, languageId }) => {
    const { open: delimiter } = maskLiterals(prefix, languageId);
    // Template literals hold others, which only a parser can tell apart; what stands in the cursor's line is replaced.
    if (delimiter === undefined || delimiter === "`" || restOfLine({ suffix }).includes(delimiter)) {
      return text;
    }
    if (!text.includes(delimiter) || !suffix.includes(delimiter)) {
      return text;
    }
    const end = text.indexOf(delimiter);
    const isClosedBelow = maskLiterals(prefix + suffix, languageId).open === undefined;
    return isClosedBelow && closesTooMuch(prefix + text, suffix, delimiter, languageId)
      ? text.slice(0, end).trimEnd()
      : text;
  },
};

/** Whether the closing delimiter below opens another text, or closes nothing, once the answer stands there. */
function closesTooMuch(before: string, suffix: string, delimiter: string, languageId: string): boolean {
  if (maskLiterals(before, languageId).open !== undefined) {
    return false;
  }
  if (delimiter !== "*/") {
    return maskLiterals(before + suffix, languageId).open !== undefined;
  }
  const closes = suffix.indexOf("*/");
  const opens = suffix.indexOf("/*");
  return closes >= 0 && (opens < 0 || closes < opens);
}

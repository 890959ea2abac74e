/** Takes off the front of an answer the white space that stands before the cursor already, and characters models stumble over. */
import { isBlank, lineBefore, type Filter } from "./filter";
import { isMarkup, isProse, isKeyed } from "./languages";
import { openQuote } from "./literals";

/** For prompts that end before the cursor's white space, so that the model had to write it. */
export const dropHeldBackWhitespace: Filter = {
  name: "heldBackWhitespace",
  apply: (text, { heldBack }) => {
    let same = 0;
    while (same < heldBack.length && heldBack[same] === text[same]) {
      same++;
    }
    // A model that indents by another width still means the code to stand at the cursor.
    return heldBack === "" ? text : text.slice(same).replace(/^[ \t]+/, "");
  },
};

/** Two spaces where one is meant, or an indentation twice; more before the cursor already align columns. Source: Cody `collapseDuplicativeWhitespace`, Tabby `trimSpace`. */
export const dropDoubledSpace: Filter = {
  name: "doubledSpace",
  apply: (text, { prefix, languageId }) =>
    /(?:^\s*|\S)[ \t]$|^[ \t]+$/.test(lineBefore({ prefix })) &&
    !isProse(languageId) &&
    openQuote(lineBefore({ prefix })) === undefined
      ? text.replace(/^[ \t]+(?=\S)/, "")
      : text,
};

/** An emoji, a zero-width space or a list's bullet and several spaces before the code. Source: Cody `fixBadCompletionStart`. */
export const dropBadStart: Filter = {
  name: "badStart",
  apply: (text, context) => {
    const { languageId } = context;
    const isText = isProse(languageId) || isMarkup(languageId) || isKeyed(languageId);
    return isText || !isBlank(lineBefore(context))
      ? text
      : text.replace(/^[ \t]*(?:(?:\p{Emoji_Presentation}|\u{200B})\s+|[-+.][ \t]{2,})+/u, "");
  },
};

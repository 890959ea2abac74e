/** Takes the white space that stands before the cursor already off the front of the answer. */
import type { Filter } from "./filter";

export const dropHeldBackWhitespace: Filter = (text, { heldBack }) => {
  let same = 0;
  while (same < heldBack.length && heldBack[same] === text[same]) {
    same++;
  }
  // A model that indents by another width still means the code to stand at the cursor.
  return heldBack === "" ? text : text.slice(same).replace(/^[ \t]+/, "");
};

/** Keeps what belongs into the cursor's line where code of the user's stands right of the cursor (Tabby: `trimMultiLineInSingleLineMode`). */
import { firstLine, type Filter } from "./filter";

export const keepToLine: Filter = {
  name: "singleLine",
  apply: (text, { shape }) => (shape === "line" ? firstLine(text) : text),
};

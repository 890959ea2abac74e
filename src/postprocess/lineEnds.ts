/** Line ends become LF, as in the context: the editor writes its document's own (tabby#3279, cody#1092: stray carriage returns). */
import type { Filter } from "./filter";

export const useLineFeeds: Filter = {
  name: "lineEnds",
  apply: (text) => text.replace(/\r\n?/g, "\n"),
};

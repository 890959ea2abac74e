/** Drops white space at the end, and answers that are nothing else. */
import type { Filter } from "./filter";

export const trimEnd: Filter = (text) => text.trimEnd();

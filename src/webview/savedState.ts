/** What survives when VS Code hides and re-creates the page: only what the extension does not know. */
import { isRecord, stringOr } from "../base/json";

/** Where the conversation is scrolled to: following the end, or held by the reader at an offset in pixels. */
export type ScrollPosition = { readonly kind: "end" } | { readonly kind: "at"; readonly top: number };

export interface SavedState {
  readonly draft: string;
  readonly scroll: ScrollPosition;
}

/** Anything unknown gives the state of a new page. */
export function parseSavedState(data: unknown): SavedState {
  const record = isRecord(data) ? data : {};
  const scroll = isRecord(record["scroll"]) ? record["scroll"] : {};
  const top = scroll["top"];
  return {
    draft: stringOr(record["draft"], ""),
    scroll: scroll["kind"] === "at" && typeof top === "number" ? { kind: "at", top } : { kind: "end" },
  };
}

/** What the sources of context have in common: one source finds entries for the list, and reads what was chosen. */
import type { Suggestion } from "../../../protocol/chatView";
import type { CodeAttachment } from "../attachment";
import type { ContextItem } from "./contextItem";

/** What reading an entry gives: what to attach, or the sentence that says why there is nothing and what to do. */
export type Reading =
  | { readonly kind: "read"; readonly attachments: readonly CodeAttachment[] }
  | { readonly kind: "nothing"; readonly message: string };

export interface ContextSource<K extends ContextItem["kind"]> {
  /** Entries that fit what was typed behind "@", best first; none where it takes long and `signal` is aborted. */
  find(query: string, signal: AbortSignal): Promise<readonly Suggestion[]>;
  read(item: Extract<ContextItem, { kind: K }>): Promise<Reading>;
}

export function read(...attachments: readonly CodeAttachment[]): Reading {
  return { kind: "read", attachments };
}

export function nothing(message: string): Reading {
  return { kind: "nothing", message };
}

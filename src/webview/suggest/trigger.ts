/** Finds in the message box the "@word" or "/word" that the cursor stands in, and puts something in its place. Pure. */
import type { SuggestTrigger } from "../../protocol/chatView";

/** A trigger with the letters behind it. */
export interface Typed {
  readonly trigger: SuggestTrigger;
  /** What stands between the trigger and the cursor. */
  readonly query: string;
  /** Offset of the trigger. */
  readonly start: number;
  /** Offset of the cursor. */
  readonly end: number;
}

/** A command can only begin the message; context can be named anywhere a word can begin. */
const BEFORE_CURSOR = { "/": /^\s*(\/)(\S*)$/, "@": /(?:^|[\s([{"'])(@)(\S*)$/ } as const;

/** `undefined` where the cursor stands in neither. */
export function typedAt(text: string, cursor: number): Typed | undefined {
  const before = text.slice(0, cursor);
  for (const trigger of ["/", "@"] as const) {
    const query = BEFORE_CURSOR[trigger].exec(before)?.[2];
    if (query !== undefined) {
      return { trigger, query, start: cursor - query.length - 1, end: cursor };
    }
  }
  return undefined;
}

export interface Replaced {
  readonly text: string;
  readonly cursor: number;
}

/** The text with `insert` in place of what was typed. Where nothing is inserted, no two spaces are left behind either. */
export function withReplacement(text: string, { start, end }: Typed, insert: string): Replaced {
  const before = text.slice(0, start);
  const after = text.slice(end);
  const spare = insert === "" && after.startsWith(" ") && (before === "" || /\s$/.test(before));
  return { text: before + insert + (spare ? after.slice(1) : after), cursor: start + insert.length };
}

/** The text with a trigger typed at the cursor, as a word of its own: what the button for the list does. */
export function withTrigger(text: string, cursor: number, trigger: SuggestTrigger): Replaced {
  const before = text.slice(0, cursor);
  const gap = before === "" || /\s$/.test(before) ? "" : " ";
  return { text: `${before}${gap}${trigger}${text.slice(cursor)}`, cursor: cursor + gap.length + 1 };
}

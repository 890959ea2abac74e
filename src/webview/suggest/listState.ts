/** What the list over the message box holds, from the first letter to the choice. Pure. */
import type { SuggestReply, Suggestion } from "../../protocol/chatView";
import type { Typed } from "./trigger";

export interface ListState {
  readonly typed: Typed;
  /** Of the newest request. */
  readonly id: number;
  /** Of the newest request, or until it is answered of the one before: the list must not flash empty at every letter. */
  readonly items: readonly Suggestion[];
  /** Whether `items` are those for what is typed. */
  readonly answered: boolean;
  readonly done: boolean;
  /** Index into `items`. */
  readonly active: number;
}

/** The list after another letter, or the first one; `before` where it was open. */
export function asked(before: ListState | undefined, typed: Typed, id: number): ListState {
  const items = before?.typed.trigger === typed.trigger ? before.items : [];
  return { typed, id, items, answered: false, done: false, active: before?.active ?? 0 };
}

/** The best entry is the chosen one, until the user moves on; what comes later for the same letters does not move that. */
export function answered(state: ListState, { id, items, done }: SuggestReply): ListState {
  if (id !== state.id) {
    return state;
  }
  const chosen = state.answered ? state.items[state.active]?.id : undefined;
  const active = Math.max(
    0,
    items.findIndex((item) => item.id === chosen),
  );
  return { ...state, items, done, answered: true, active };
}

/** The next or the last entry, round and round. */
export function moved(state: ListState, by: 1 | -1): ListState {
  const count = state.items.length;
  return count === 0 ? state : { ...state, active: (state.active + by + count) % count };
}

export function activeItem({ items, active }: ListState): Suggestion | undefined {
  return items[active];
}

export interface Group {
  readonly title: string | undefined;
  readonly items: readonly { readonly item: Suggestion; readonly index: number }[];
}

/** Neighbours with the same title, in the order of the list. */
export function groupsOf(items: readonly Suggestion[]): readonly Group[] {
  const groups: { title: string | undefined; items: { item: Suggestion; index: number }[] }[] = [];
  for (const [index, item] of items.entries()) {
    const last = groups.at(-1);
    if (last !== undefined && last.title === item.group) {
      last.items.push({ item, index });
    } else {
      groups.push({ title: item.group, items: [{ item, index }] });
    }
  }
  return groups;
}

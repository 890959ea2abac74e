/**
 * Which messages of a long conversation are drawn: at first those that people see, the others by and by, so that no moment
 * has more than a little to do. Pure.
 */
import type { ViewMessage } from "../protocol/chatView";

/** The messages from `from` to before `to`. */
export interface MessageWindow {
  readonly from: number;
  readonly to: number;
}

/** In characters: more than a screen, and little enough to be drawn within a frame or two. */
const firstCost = 6000;
const stepCost = 3000;
/** What a message costs without any text. */
const messageCost = 300;

/** The end of a conversation; where `start` is the id of a message, what stands from there on. */
export function firstWindow(messages: readonly ViewMessage[], start?: string): MessageWindow {
  const index = start === undefined ? -1 : messages.findIndex(({ id }) => id === start);
  return index === -1
    ? { from: backward(messages, messages.length, firstCost), to: messages.length }
    : { from: index, to: forward(messages, index, firstCost) };
}

/** A little more of the conversation: first to its end, then to its beginning. */
export function grow(messages: readonly ViewMessage[], { from, to }: MessageWindow): MessageWindow {
  return to < messages.length
    ? { from, to: forward(messages, to, stepCost) }
    : { from: backward(messages, from, stepCost), to };
}

export function isWhole(messages: readonly ViewMessage[], { from, to }: MessageWindow): boolean {
  return from === 0 && to === messages.length;
}

/** The window after the messages have changed. Another conversation is begun at its end. */
export function follow(
  before: readonly ViewMessage[],
  after: readonly ViewMessage[],
  window: MessageWindow,
): MessageWindow {
  const drawn = new Set(before.slice(window.from, window.to).map(({ id }) => id));
  const first = after.findIndex(({ id }) => drawn.has(id));
  if (first === -1) {
    return firstWindow(after);
  }
  const from = window.from === 0 ? 0 : first;
  const last = after.findLastIndex(({ id }) => drawn.has(id));
  return { from, to: window.to === before.length ? after.length : last + 1 };
}

function backward(messages: readonly ViewMessage[], end: number, budget: number): number {
  let from = end;
  for (let cost = 0; from > 0 && cost < budget; from--) {
    cost += costOf(messages[from - 1]);
  }
  return from;
}

function forward(messages: readonly ViewMessage[], start: number, budget: number): number {
  let to = start;
  for (let cost = 0; to < messages.length && cost < budget; to++) {
    cost += costOf(messages[to]);
  }
  return to;
}

function costOf(message: ViewMessage | undefined): number {
  return messageCost + (message?.text.length ?? 0);
}

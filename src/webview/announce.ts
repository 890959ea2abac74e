/** What a screen reader is told: one sentence when an answer has ended, instead of every token of it. */
import { assertNever } from "../base/assertNever";
import type { ViewAnswer, ViewMessage } from "../protocol/chatView";
import { isRunning } from "./state";
import { format, strings } from "./strings";

const longestAnnouncement = 1000;

/** The announcement for the step from one list of messages to the next; `undefined` where no answer has ended. */
export function announcement(before: readonly ViewMessage[], after: readonly ViewMessage[]): string | undefined {
  const last = after.at(-1);
  if (last?.role !== "assistant" || isRunning(last)) {
    return undefined;
  }
  const previous = before.findLast(({ id }) => id === last.id);
  return previous?.role === "assistant" && isRunning(previous) ? ending(last) : undefined;
}

function ending(answer: ViewAnswer): string | undefined {
  switch (answer.status.kind) {
    case "done":
      return format(strings.announceAnswer, spoken(answer.text));
    case "stopped":
      return strings.announceStopped;
    case "failed":
      return format(strings.announceFailed, answer.status.message);
    case "waiting":
    case "streaming":
      return undefined;
    default:
      return assertNever(answer.status);
  }
}

/** Markdown as words: code is named rather than read, marks are left out, and the length is bounded. */
function spoken(markdown: string): string {
  const words = markdown
    .replace(/^ *(```|~~~)[^]*?(^ *\1|$(?![^]))/gm, strings.announceCode)
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/^[ \t]*\|?[ \t]*:?-{3,}[-:| \t]*$/gm, "")
    .replace(/^[ \t]*(?:#+|[-*+>])[ \t]+/gm, "")
    .replace(/[*_`|]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return words.length > longestAnnouncement ? words.slice(0, longestAnnouncement) + strings.announceMore : words;
}

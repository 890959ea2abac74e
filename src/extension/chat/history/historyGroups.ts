/** The list of conversations in the order in which people look for them: pinned ones, then by the day they were last used. Pure. */
import type { ConversationHead } from "./storedConversation";

export type GroupName = "pinned" | "today" | "yesterday" | "lastWeek" | "older";

export interface HistoryGroup {
  readonly name: GroupName;
  /** The latest first; never empty. */
  readonly heads: readonly ConversationHead[];
}

const order: readonly GroupName[] = ["pinned", "today", "yesterday", "lastWeek", "older"];
const daysOfWeek = 7;

/** `heads` are the latest first. Days begin at midnight where the user is. */
export function groupHistory(heads: readonly ConversationHead[], now: Date): readonly HistoryGroup[] {
  const groups = order.map((name) => ({ name, heads: heads.filter((head) => groupOf(head, now) === name) }));
  return groups.filter((group) => group.heads.length > 0);
}

function groupOf({ pinned, updatedAt }: ConversationHead, now: Date): GroupName {
  if (pinned) {
    return "pinned";
  }
  if (updatedAt >= midnight(now, 0)) {
    return "today"; // also what a clock that was wrong put into the future
  }
  if (updatedAt >= midnight(now, 1)) {
    return "yesterday";
  }
  return updatedAt >= midnight(now, daysOfWeek) ? "lastWeek" : "older";
}

/** By the calendar: days of 23 and 25 hours are days. */
function midnight(now: Date, daysBefore: number): number {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysBefore).getTime();
}

/** When that was, for people: "5 minutes ago", "3 days ago", or the date where it is longer ago than a month. */
export function relativeTime(time: number, now: number, language: string): string {
  const minutes = Math.round((now - time) / 60_000);
  const units: readonly (readonly [size: number, limit: number, unit: Intl.RelativeTimeFormatUnit])[] = [
    [1, 60, "minute"],
    [60, 24 * 60, "hour"],
    [24 * 60, 31 * 24 * 60, "day"],
  ];
  const found = units.find(([, limit]) => minutes < limit);
  if (found === undefined) {
    return new Intl.DateTimeFormat(language, { dateStyle: "medium" }).format(time);
  }
  const [size, , unit] = found;
  return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(
    -Math.max(0, Math.floor(minutes / size)),
    unit,
  );
}

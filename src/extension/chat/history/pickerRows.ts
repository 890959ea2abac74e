/** The rows of the list of conversations: what each says, and which are there for what was typed. Pure. */
import type { Translate } from "../../../base/localize";
import { assertNever } from "../../../base/assertNever";
import { groupHistory, relativeTime, type GroupName } from "./historyGroups";
import { findSnippet } from "./searchText";
import type { ConversationHead } from "./storedConversation";

export type PickerRow =
  | { readonly kind: "separator"; readonly label: string }
  | {
      readonly kind: "conversation";
      readonly head: ConversationHead;
      readonly label: string;
      readonly description: string;
      /** The place where the conversation has what was typed. Such a row is shown whatever its title is. */
      readonly found?: string;
    };

export interface PickerFacts {
  readonly heads: readonly ConversationHead[];
  /** The text in the search box. Rows whose title does not match are left to the list, which filters by title. */
  readonly typed: string;
  /** The id of the conversation that is shown. */
  readonly shown: string;
  readonly now: Date;
  readonly language: string;
  readonly translate: Translate;
}

export function pickerRows(facts: PickerFacts): readonly PickerRow[] {
  return groupHistory(facts.heads, facts.now).flatMap(({ name, heads }): readonly PickerRow[] => [
    { kind: "separator", label: groupLabel(name, facts.translate) },
    ...heads.map((head) => conversationRow(head, facts)),
  ]);
}

function conversationRow(head: ConversationHead, facts: PickerFacts): PickerRow {
  const { typed, shown, now, language, translate } = facts;
  const time = relativeTime(head.updatedAt, now.getTime(), language);
  const inTitle = findSnippet(head.title, typed) !== undefined;
  const found = inTitle ? undefined : findSnippet(head.text, typed);
  return {
    kind: "conversation",
    head,
    label: head.title === "" ? translate("Untitled conversation") : head.title,
    description: head.id === shown ? translate("{0}, shown now", time) : time,
    ...(found === undefined ? {} : { found }),
  };
}

function groupLabel(name: GroupName, translate: Translate): string {
  switch (name) {
    case "pinned":
      return translate("pinned");
    case "today":
      return translate("today");
    case "yesterday":
      return translate("yesterday");
    case "lastWeek":
      return translate("last 7 days");
    case "older":
      return translate("older");
    default:
      return assertNever(name);
  }
}

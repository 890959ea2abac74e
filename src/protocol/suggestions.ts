/** The list over the message box: what the page asks for while "@" or "/" and some letters are typed, and what it gets. */
import { isRecord, numberOr, oneOf, stringOr } from "../base/json";

/** "@" adds context to the question, "/" is a command. */
export const SUGGEST_TRIGGERS = ["@", "/"] as const;
export type SuggestTrigger = (typeof SUGGEST_TRIGGERS)[number];

/** One entry of the list. */
export interface Suggestion {
  /** What the extension needs to know the entry again; sent back where it is chosen and `insert` is absent. */
  readonly id: string;
  readonly label: string;
  /** Where in `label` the typed letters were found, as indices of UTF-16 units. */
  readonly matches?: readonly number[];
  /** Shown dimmed behind the label: a folder, what a command does. */
  readonly detail?: string;
  /** Name of a codicon. */
  readonly icon: string;
  /** Entries of one group follow each other; its title, translated. */
  readonly group?: string;
  /**
   * Text that takes the place of what was typed, with its trigger. Where it is absent the typed text vanishes, and the
   * extension does what the entry stands for.
   */
  readonly insert?: string;
}

/** From the page: what was typed behind the trigger has changed. Each request takes the place of the one before it. */
export interface SuggestRequest {
  readonly type: "suggest";
  readonly id: number;
  readonly trigger: SuggestTrigger;
  readonly query: string;
}

/** To the page: the whole list for the request with this id. May come several times, while slower sources still answer. */
export interface SuggestReply {
  readonly type: "suggestions";
  readonly id: number;
  readonly items: readonly Suggestion[];
  /** Nothing more comes for this id. */
  readonly done: boolean;
}

/** From the page: an entry without `insert` was chosen. */
export interface SuggestPick {
  readonly type: "pick";
  readonly trigger: SuggestTrigger;
  readonly item: string;
}

export function parseSuggest(data: unknown): SuggestRequest | SuggestPick | undefined {
  if (!isRecord(data)) {
    return undefined;
  }
  const trigger = oneOf(data["trigger"], SUGGEST_TRIGGERS, "@");
  switch (data["type"]) {
    case "suggest":
      return {
        type: "suggest",
        id: Math.round(numberOr(data["id"], 0, 0, Number.MAX_SAFE_INTEGER)),
        trigger,
        query: stringOr(data["query"], ""),
      };
    case "pick":
      return { type: "pick", trigger, item: stringOr(data["item"], "") };
    default:
      return undefined;
  }
}

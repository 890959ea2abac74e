/** A conversation in the order that chat formats need: checked, and with attachments written out. */
import type { ChatTurn } from "../protocol/engine";
import { userTurnText } from "./userTurn";

export interface Dialog {
  /** "" where there is none. */
  readonly system: string;
  /** Finished pairs, oldest first. */
  readonly pairs: readonly { readonly user: string; readonly answer: string }[];
  /** The user turn to be answered. */
  readonly question: string;
}

export type DialogFault =
  | { readonly kind: "noQuestion" }
  /** The turn at `index` (0 is the first) has a role that cannot stand there. */
  | { readonly kind: "misplaced"; readonly index: number; readonly role: ChatTurn["role"] };

/** A conversation whose turns do not alternate, or whose last turn is not the user's. */
export class DialogError extends Error {
  constructor(readonly fault: DialogFault) {
    super(
      fault.kind === "noQuestion"
        ? "a conversation must end with a user turn"
        : `turn ${String(fault.index + 1)} of the conversation cannot be the ${fault.role}'s: ` +
            "an optional system turn comes first, then user and assistant take turns",
    );
    this.name = "DialogError";
  }
}

/** Checks the order of turns: an optional system turn, user and assistant alternating, a user turn last. Throws `DialogError`. */
export function dialogOf(turns: readonly ChatTurn[]): Dialog {
  const [first] = turns;
  const system = first?.role === "system" ? first.content : "";
  const start = first?.role === "system" ? 1 : 0;
  const pairs: { user: string; answer: string }[] = [];
  let question: string | undefined;
  for (const [offset, turn] of turns.slice(start).entries()) {
    if (turn.role === "user" && question === undefined) {
      question = userTurnText(turn);
    } else if (turn.role === "assistant" && question !== undefined) {
      pairs.push({ user: question, answer: turn.content });
      question = undefined;
    } else {
      throw new DialogError({ kind: "misplaced", index: start + offset, role: turn.role });
    }
  }
  if (question === undefined) {
    throw new DialogError({ kind: "noQuestion" });
  }
  return { system, pairs, question };
}

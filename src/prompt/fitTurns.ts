/** Makes a conversation fit the context: keeps the newest turns, and shortens attachments where these alone are too long. */
import type { ChatTurn, UserTurn } from "../protocol/engine";
import { shortenAttachments } from "./shortenAttachments";

export type FittedTurns =
  | {
      readonly kind: "fits";
      readonly turns: readonly ChatTurn[];
      readonly droppedPairs: number;
      /** The last turn, where its attachments were shortened. */
      readonly shortened?: UserTurn;
    }
  /** Even without any history the prompt has this many tokens. */
  | { readonly kind: "tooLong"; readonly tokens: number };

/** When pairs must go, so many go that this part of the budget is left in use. */
const KEPT_SHARE = 3 / 4;

/**
 * Drops whole question-and-answer pairs, oldest first, until the prompt fits. The system turn and the last question always
 * stay; where they are too long by themselves, the question's attachments are shortened, with room for a few more questions. Several pairs go at once, and the same ones again at the next question, so that the prompt's start stays the same
 * for some turns and its KV cache is used. `count` gives the tokens of the prompt for some turns, the last one a user's.
 */
export function fitTurns(
  turns: readonly ChatTurn[],
  budgetTokens: number,
  count: (turns: readonly ChatTurn[]) => number,
): FittedTurns {
  if (count(turns) <= budgetTokens) {
    return { kind: "fits", turns, droppedPairs: 0 };
  }
  const system = turns.filter(({ role }) => role === "system");
  const spoken = turns.slice(system.length);
  const pairs = (spoken.length - 1) / 2;
  const without = (dropped: number): ChatTurn[] => [...system, ...spoken.slice(2 * dropped)];
  const least = count(without(pairs));
  if (least > budgetTokens) {
    const shortened = shortenLast(system, spoken.at(-1), budgetTokens, count);
    return shortened === undefined
      ? { kind: "tooLong", tokens: least }
      : { kind: "fits", turns: [...system, shortened], droppedPairs: pairs, shortened };
  }
  let droppedPairs = Math.max(1, pairsDroppedSoFar(system, spoken, budgetTokens, count));
  while (droppedPairs < pairs && count(without(droppedPairs)) > budgetTokens) {
    droppedPairs++;
  }
  return { kind: "fits", turns: without(droppedPairs), droppedPairs };
}

function shortenLast(
  system: readonly ChatTurn[],
  last: ChatTurn | undefined,
  budgetTokens: number,
  count: (turns: readonly ChatTurn[]) => number,
): UserTurn | undefined {
  if (last?.role !== "user" || (last.attachments ?? []).length === 0) {
    return undefined;
  }
  const within = (tokens: number): UserTurn | undefined =>
    shortenAttachments(last, (question) => count([...system, question]) <= tokens);
  return within(budgetTokens * KEPT_SHARE) ?? within(budgetTokens);
}

/** Stands for a short question where the tokens of other turns are counted. */
const SOME_QUESTION: ChatTurn = { role: "user", content: "?" };

/**
 * Plays the conversation from its start, with what each turn costs by itself, and drops where it overflowed. A function of
 * the turns alone: nothing has to be remembered between requests.
 */
function pairsDroppedSoFar(
  system: readonly ChatTurn[],
  spoken: readonly ChatTurn[],
  budgetTokens: number,
  count: (turns: readonly ChatTurn[]) => number,
): number {
  const questionTokens = count([SOME_QUESTION]);
  const systemTokens = count([...system, SOME_QUESTION]) - questionTokens;
  const pairTokens: number[] = [];
  let dropped = 0;
  let keptTokens = systemTokens;
  for (let index = 0; index < spoken.length; index += 2) {
    let total = keptTokens + count(spoken.slice(index, index + 1));
    if (total > budgetTokens) {
      while (dropped < pairTokens.length && total > budgetTokens * KEPT_SHARE) {
        const freed = pairTokens[dropped] ?? 0;
        total -= freed;
        keptTokens -= freed;
        dropped++;
      }
    }
    if (index + 1 < spoken.length) {
      const tokens = count([...spoken.slice(index, index + 2), SOME_QUESTION]) - questionTokens;
      pairTokens.push(tokens);
      keptTokens += tokens;
    }
  }
  return dropped;
}

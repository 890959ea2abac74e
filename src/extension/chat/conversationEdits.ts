/** What deleting and asking again make of a list of exchanges. Pure. */
import { isAnswered, type Answer, type Exchange } from "./conversationData";

type Exchanges = readonly Exchange[];

/** The exchanges before a question; all of them where there is no such question. */
export function before(exchanges: Exchanges, questionId: string): Exchanges {
  const index = exchanges.findIndex(({ id }) => id === questionId);
  return index < 0 ? exchanges : exchanges.slice(0, index);
}

/** Without one exchange. Where the model's view began with it, it now begins with the next one. */
export function without(exchanges: Exchanges, questionId: string): Exchanges {
  const index = exchanges.findIndex(({ id }) => id === questionId);
  if (index < 0) {
    return exchanges;
  }
  const next = exchanges[index + 1]?.id;
  return exchanges
    .filter(({ id }) => id !== questionId)
    .map((exchange) =>
      exchange.seenFrom === questionId && next !== undefined ? { ...exchange, seenFrom: next } : exchange,
    );
}

/** With another answer to the last question. */
export function withLastAnswer(exchanges: Exchanges, answer: Answer): Exchanges {
  return exchanges.map((exchange, index) =>
    index === exchanges.length - 1 ? { ...exchange, answer, seenFrom: undefined } : exchange,
  );
}

/** The oldest question the model saw for an answer, where `droppedPairs` of the answered ones before it were left out. */
export function seenFrom(exchanges: Exchanges, answerId: string, droppedPairs: number): string | undefined {
  if (droppedPairs === 0) {
    return undefined;
  }
  const index = exchanges.findIndex(({ answer }) => answer.id === answerId);
  const asked = exchanges.slice(0, index).filter(({ answer }) => isAnswered(answer));
  return (asked[droppedPairs] ?? exchanges[index])?.id;
}

/** Where the model's view of the conversation began when it answered last; `undefined` where it saw everything. */
export function lastSeenFrom(exchanges: Exchanges): string | undefined {
  return exchanges.findLast(({ answer }) => isAnswered(answer))?.seenFrom;
}

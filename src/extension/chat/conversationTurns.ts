/** What the model is asked and told for an answer of a conversation. Pure. */
import type { ChatTurn, UserTurn } from "../../protocol/engine";
import type { Sampling } from "../../protocol/sampling";
import { attachmentForEngine, type CodeAttachment } from "./attachment";
import { isAnswered, type ConversationData, type Exchange } from "./conversationData";

/** The system prompt, the answered questions before this answer, and its question. */
export function turnsFor(
  conversation: ConversationData,
  answerId: string,
  defaultSystemPrompt: string,
): readonly ChatTurn[] {
  const exchange = exchangeOf(conversation, answerId);
  return [
    ...historyFor(conversation, answerId, defaultSystemPrompt),
    ...(exchange === undefined ? [] : [turnOf(exchange)]),
  ];
}

/** The turns without the question itself. */
export function historyFor(
  conversation: ConversationData,
  answerId: string,
  defaultSystemPrompt: string,
): readonly ChatTurn[] {
  const end = conversation.exchanges.findIndex(({ answer }) => answer.id === answerId);
  return historyOf(conversation, Math.max(end, 0), defaultSystemPrompt);
}

/** What it would be asked with this text in the box, and these attachments. */
export function turnsWith(
  conversation: ConversationData,
  content: string,
  pending: readonly CodeAttachment[],
  defaultSystemPrompt: string,
): readonly ChatTurn[] {
  const attachments = pending.map(attachmentForEngine);
  return [...historyOf(conversation, Infinity, defaultSystemPrompt), { role: "user", content, attachments }];
}

/** What differs from the settings for this answer: the conversation's, and what the question's prompt file says. */
export function samplingFor(conversation: ConversationData, answerId: string): Partial<Sampling> {
  return { ...conversation.sampling, ...exchangeOf(conversation, answerId)?.prompt?.sampling };
}

/** What the model is asked for a question: what it was asked before, else its text with the attachments. */
function turnOf({ text, attachments, turn }: Exchange): UserTurn {
  return turn ?? { role: "user", content: text, attachments: attachments.map(attachmentForEngine) };
}

/** What the model is told before a question: the system prompt, and the answered ones of the exchanges before it. */
function historyOf(
  { exchanges, systemPrompt }: ConversationData,
  end: number,
  defaultSystemPrompt: string,
): readonly ChatTurn[] {
  const system = systemPrompt ?? defaultSystemPrompt;
  const pairs = exchanges
    .slice(0, end)
    .filter(({ answer }) => isAnswered(answer))
    .flatMap((exchange): ChatTurn[] => [turnOf(exchange), { role: "assistant", content: exchange.answer.text }]);
  return system === "" ? pairs : [{ role: "system", content: system }, ...pairs];
}

function exchangeOf({ exchanges }: ConversationData, answerId: string): Exchange | undefined {
  return exchanges.find(({ answer }) => answer.id === answerId);
}

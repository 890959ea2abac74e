/**
 * A conversation as a value: what is saved, listed and exported, and what the changes a user can make do to it. Pure.
 * conversation.ts holds the one that is shown and tells the page; conversationJson.ts reads and writes files of it.
 */
import type { AnswerStatus, ViewAnswer, ViewMessage } from "../../protocol/chatView";
import type { UserTurn } from "../../protocol/engine";
import type { ExplainLevel } from "../../protocol/explain";
import type { Sampling } from "../../protocol/sampling";
import { attachmentForView, type CodeAttachment } from "./attachment";

export interface ConversationData {
  /** Unique among all conversations, and a file name everywhere. */
  readonly id: string;
  /** What the user named it; "" while they have not: `titleOf` then takes the first question. */
  readonly title: string;
  /** ISO 8601 */
  readonly createdAt: string;
  /** ISO 8601, of the last question or answer. */
  readonly updatedAt: string;
  /** What differs from the settings, for this conversation. */
  readonly sampling: Partial<Sampling>;
  /** Absent: the setting's. "" is none at all. */
  readonly systemPrompt?: string | undefined;
  /** Oldest first. */
  readonly exchanges: readonly Exchange[];
}

/** A question and its answer. Ids are unique among all messages of all conversations. */
export interface Exchange {
  readonly id: string;
  /** What the user typed. */
  readonly text: string;
  readonly attachments: readonly CodeAttachment[];
  /** What the model was really asked, where that is not just text and attachments. */
  readonly turn?: UserTurn;
  /** Where a prompt file wrote the question. */
  readonly prompt?: FromPrompt | undefined;
  /** Where it asks for an explanation of its first attachment, that can be had at another level. */
  readonly explained?: Explained | undefined;
  readonly answer: Answer;
  /** The oldest question that the model still saw when it answered; absent where it saw all of them. */
  readonly seenFrom?: string | undefined;
}

export interface FromPrompt {
  /** What differs from the conversation's for this question. */
  readonly sampling: Partial<Sampling>;
  /** So many of the attachments, the last ones, were put there by the prompt and not by the user. */
  readonly ownAttachments: number;
}

export interface Explained {
  readonly level: ExplainLevel;
  /** What the user wants to know in particular. */
  readonly request?: string | undefined;
}

export interface Answer {
  readonly id: string;
  /** Markdown, as the model wrote it. */
  readonly text: string;
  readonly status: AnswerStatus;
}

const LONGEST_TITLE = 80;

export function newConversation(id: string, now: Date): ConversationData {
  const time = now.toISOString();
  return { id, title: "", createdAt: time, updatedAt: time, sampling: {}, exchanges: [] };
}

/** Nothing was asked: not worth saving. */
export function isEmpty({ exchanges }: ConversationData): boolean {
  return exchanges.length === 0;
}

/** The name for lists: the user's, else the first words of the first question, else "". */
export function titleOf({ title, exchanges }: ConversationData): string {
  const [first] = exchanges;
  const text = title.trim() !== "" ? title : first === undefined ? "" : firstWords(first);
  const words = text.replace(/\s+/gu, " ").trim();
  if (words.length <= LONGEST_TITLE) {
    return words;
  }
  const cut = words.slice(0, LONGEST_TITLE);
  const lastSpace = cut.lastIndexOf(" ");
  return `${(lastSpace > LONGEST_TITLE / 2 ? cut.slice(0, lastSpace) : cut).trimEnd()}…`;
}

/** A command says little without its code. */
function firstWords({ text, attachments: [code], prompt }: Exchange): string {
  return text.trim() === "" || prompt !== undefined ? `${text} ${code?.label ?? ""}` : text;
}

/** What the user attached to a question, without what a prompt file brought along. */
export function attachedByUser({ attachments, prompt }: Exchange): readonly CodeAttachment[] {
  return attachments.slice(0, Math.max(0, attachments.length - (prompt?.ownAttachments ?? 0)));
}

/** What the page shows of it. */
export function messagesOf({ exchanges }: ConversationData): readonly ViewMessage[] {
  return exchanges.flatMap((exchange) => [questionForView(exchange), answerForView(exchange)]);
}

export function questionForView({ id, text, attachments, turn }: Exchange): ViewMessage {
  return {
    role: "user",
    id,
    text,
    attachments: attachments.map((attachment, index) => attachmentForView(attachment, turn?.attachments?.[index])),
  };
}

export function answerForView({ answer, explained }: Exchange): ViewAnswer {
  return { role: "assistant", ...answer, ...(explained === undefined ? {} : { level: explained.level }) };
}

export function isRunning({ status }: Answer): boolean {
  return status.kind === "waiting" || status.kind === "streaming";
}

/** Whether the model gets it to see later: questions without an answer are left out, since turns come in pairs. */
export function isAnswered({ text, status }: Answer): boolean {
  return text !== "" && (status.kind === "done" || status.kind === "stopped");
}

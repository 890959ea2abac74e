/**
 * The conversation that is shown: its value, and what the next question will carry. Every change is told as the message that
 * the chat page needs to draw it. Pure.
 */
import type { AnswerStatus, ToView, ViewAttachment, ViewMessage } from "../../protocol/chatView";
import type { ChatTurn, UserTurn } from "../../protocol/engine";
import { attachmentForView, type CodeAttachment } from "./attachment";
import {
  answerForView,
  isRunning,
  messagesOf,
  newConversation,
  pairsOf,
  questionForView,
  turnOf,
  type Answer,
  type ConversationData,
  type Exchange,
} from "./conversationData";

export type ConversationChange = Extract<ToView, { type: "conversation" | "message" | "append" | "pending" }>;

/** What is not pure, for tests to replace. */
export interface ConversationSources {
  /** Unique for ever, and a file name everywhere. */
  readonly newId: () => string;
  readonly now: () => Date;
}

const realSources: ConversationSources = { newId: () => crypto.randomUUID(), now: () => new Date() };

export class Conversation {
  private value: ConversationData;
  private pending: readonly CodeAttachment[] = [];

  constructor(
    private readonly changed: (change: ConversationChange) => void,
    private readonly sources: ConversationSources = realSources,
  ) {
    this.value = newConversation(sources.newId(), sources.now());
  }

  /** The conversation as it is now, to be saved, listed or exported. */
  get data(): ConversationData {
    return this.value;
  }

  /** Shows another conversation, or the same after a change from outside. What is pending stays for the next question. */
  open(data: ConversationData): void {
    this.value = data;
    this.changed(this.snapshot());
  }

  /** Begins a new conversation; the one before is not changed. */
  startNew(): void {
    this.pending = [];
    this.open(newConversation(this.sources.newId(), this.sources.now()));
  }

  /** Everything the page shows. */
  snapshot(): Extract<ToView, { type: "conversation" }> {
    return { type: "conversation", messages: this.messages, pending: this.pendingForView };
  }

  get messages(): readonly ViewMessage[] {
    return messagesOf(this.value);
  }

  private get pendingForView(): readonly ViewAttachment[] {
    return this.pending.map(attachmentForView);
  }

  /** Adds code to what the next question carries. */
  attach(attachment: CodeAttachment): void {
    this.setPending([...this.pending, attachment]);
  }

  removePending(index: number): void {
    this.setPending(this.pending.filter((_, at) => at !== index));
  }

  /** Adds a question with the pending attachments, and its empty answer. Gives the id of the answer. */
  ask(text: string): string {
    const attachments = this.pending;
    this.setPending([]);
    return this.add(text, attachments);
  }

  /** Adds a question about this code; what is pending stays for the next one. Gives the id of the answer. */
  askAbout(text: string, attachment: CodeAttachment): string {
    return this.add(text, [attachment]);
  }

  /** What the model is asked for this answer: the system prompt, the answered questions before it, and its question. */
  turnsFor(answerId: string, defaultSystemPrompt: string): readonly ChatTurn[] {
    const exchange = this.find(answerId);
    return [...this.historyFor(answerId, defaultSystemPrompt), ...(exchange === undefined ? [] : [turnOf(exchange)])];
  }

  /** The turns without the question itself. */
  historyFor(answerId: string, defaultSystemPrompt: string): readonly ChatTurn[] {
    const { exchanges, systemPrompt = defaultSystemPrompt } = this.value;
    const end = exchanges.findIndex(({ answer }) => answer.id === answerId);
    const system: readonly ChatTurn[] = systemPrompt === "" ? [] : [{ role: "system", content: systemPrompt }];
    return [...system, ...pairsOf(exchanges.slice(0, Math.max(end, 0)))];
  }

  /** Adds text to an answer that is streaming. */
  append(answerId: string, text: string): void {
    const exchange = this.find(answerId);
    if (exchange === undefined) {
      return;
    }
    if (exchange.answer.status.kind === "waiting") {
      this.setAnswer(answerId, { text, status: { kind: "streaming" } });
    } else {
      this.replace({ ...exchange, answer: { ...exchange.answer, text: exchange.answer.text + text } });
      this.changed({ type: "append", id: answerId, text });
    }
  }

  /** Replaces an answer's state, and its text where one is given. */
  setAnswer(answerId: string, change: { readonly text?: string; readonly status: AnswerStatus }): void {
    const exchange = this.find(answerId);
    if (exchange !== undefined) {
      const changed = { ...exchange, answer: { ...exchange.answer, ...change } };
      this.replace(changed);
      if (!isRunning(changed.answer)) {
        this.touch();
      }
      this.changed({ type: "message", message: answerForView(changed) });
    }
  }

  /** Sets what the model was really asked, where the inference process wrote the question. */
  setTurn(answerId: string, turn: UserTurn): void {
    const exchange = this.find(answerId);
    if (exchange !== undefined) {
      this.replace({ ...exchange, turn });
    }
  }

  /** The code behind a chip: of a question, or without an id of the pending ones. */
  attachment(messageId: string | undefined, index: number): CodeAttachment | undefined {
    const exchange = this.value.exchanges.find(({ id }) => id === messageId);
    return (messageId === undefined ? this.pending : exchange?.attachments)?.[index];
  }

  private add(text: string, attachments: readonly CodeAttachment[]): string {
    const { newId } = this.sources;
    const id = newId();
    const answer: Answer = { id: newId(), text: "", status: { kind: "waiting", reason: "" } };
    const exchange: Exchange = { id, text, attachments, answer };
    this.value = { ...this.value, exchanges: [...this.value.exchanges, exchange] };
    this.touch();
    this.changed({ type: "message", message: questionForView(exchange) });
    this.changed({ type: "message", message: answerForView(exchange) });
    return answer.id;
  }

  private find(answerId: string): Exchange | undefined {
    return this.value.exchanges.find(({ answer }) => answer.id === answerId);
  }

  private replace(changed: Exchange): void {
    const exchanges = this.value.exchanges.map((exchange) => (exchange.id === changed.id ? changed : exchange));
    this.value = { ...this.value, exchanges };
  }

  private touch(): void {
    this.value = { ...this.value, updatedAt: this.sources.now().toISOString() };
  }

  private setPending(pending: readonly CodeAttachment[]): void {
    if (pending.length !== this.pending.length) {
      this.pending = pending;
      this.changed({ type: "pending", pending: this.pendingForView });
    }
  }
}

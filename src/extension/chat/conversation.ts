/**
 * The conversation that is shown: its value, and what the next question will carry. Every change is told as the message that
 * the chat page needs to draw it. Pure.
 */
import type { AnswerStatus, ToView, ViewAttachment, ViewMessage } from "../../protocol/chatView";
import type { UserTurn } from "../../protocol/engine";
import { attachmentForEngine, attachmentForView, type CodeAttachment } from "./attachment";
import {
  answerForView,
  attachedByUser,
  isRunning,
  messagesOf,
  newConversation,
  questionForView,
  type Answer,
  type ConversationData,
  type Exchange,
  type Explained,
} from "./conversationData";
import type { PromptQuestion } from "../labelledCode";
import { PendingAttachments } from "./pendingAttachments";
import { before, lastSeenFrom, seenFrom, without, withLastAnswer } from "./conversationEdits";

export type ConversationChange =
  | Extract<ToView, { type: "conversation" | "message" | "append" | "pending" | "removed" | "seenFrom" | "restorable" }>
  /** Its title, sampling or system prompt. */
  | { readonly type: "about" };

/** What is not pure, for tests to replace. */
export interface ConversationSources {
  /** Unique for ever, and a file name everywhere. */
  readonly newId: () => string;
  readonly now: () => Date;
}

const realSources: ConversationSources = { newId: () => crypto.randomUUID(), now: () => new Date() };

export interface ExplanationAsked {
  readonly attachments: readonly CodeAttachment[];
  /** Absent where it cannot be had at another level: of a problem. */
  readonly explained: Explained | undefined;
  /** Where the conversation does not write the question from its text. */
  readonly turn?: UserTurn | undefined;
  /** The question in whose place it is asked; what followed that is dropped. */
  readonly insteadOf?: string | undefined;
}

export class Conversation {
  private value: ConversationData;
  readonly pending = new PendingAttachments(() => {
    this.changed({ type: "pending", pending: this.pendingForView() });
  });
  /** The exchanges before the last deletion, until anything else changes them. */
  private beforeRemoval: readonly Exchange[] | undefined;

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
    this.beforeRemoval = undefined;
    this.tellAll();
  }

  /** Tells everything there is to draw. */
  tellAll(): void {
    this.changed(this.snapshot());
    this.tellWhatFollows();
  }

  /** Begins a new conversation; the one before is not changed. */
  startNew(): void {
    this.pending.take();
    this.open(newConversation(this.sources.newId(), this.sources.now()));
  }

  /** Everything the page shows. */
  snapshot(): Extract<ToView, { type: "conversation" }> {
    return { type: "conversation", messages: this.messages, pending: this.pendingForView() };
  }

  get messages(): readonly ViewMessage[] {
    return messagesOf(this.value);
  }

  private pendingForView(): readonly ViewAttachment[] {
    return this.pending.all.map((attachment) => attachmentForView(attachment));
  }

  /** Adds a question with the pending attachments, and its empty answer. Gives the id of the answer. */
  ask(text: string): string {
    return this.add(text, this.pending.take());
  }

  /** Adds a question about this code; what is pending stays for the next one. Gives the id of the answer. */
  askAbout(text: string, attachment: CodeAttachment): string {
    return this.add(text, [attachment]);
  }

  /** Adds a question for an explanation of the first attachment. Gives the id of the answer. */
  askExplanation(text: string, { attachments, explained, turn, insteadOf }: ExplanationAsked): string {
    if (insteadOf !== undefined) {
      this.keepOnly(before(this.value.exchanges, insteadOf));
    }
    return this.add(text, attachments, { explained, ...(turn === undefined ? {} : { turn }) });
  }

  /** Asks what a prompt file wrote, with the pending attachments, in the place of an earlier question where one is named. */
  askPrompt(question: PromptQuestion, insteadOf?: string): string {
    const { shown, content, attachments, contained, sampling } = question;
    if (insteadOf !== undefined) {
      this.keepOnly(before(this.value.exchanges, insteadOf));
    }
    const sent = [...this.pending.take(), ...attachments];
    return this.add(shown, [...sent, ...contained], {
      turn: { role: "user", content, attachments: sent.map(attachmentForEngine) },
      prompt: { sampling, ownAttachments: attachments.length + contained.length },
    });
  }

  /** Replaces the last question's answer by an empty one. Gives the id of the answer; `undefined` where nothing was asked. */
  askAgain(): string | undefined {
    const last = this.value.exchanges.at(-1);
    if (last === undefined) {
      return undefined;
    }
    const answer = this.emptyAnswer();
    this.setExchanges(withLastAnswer(this.value.exchanges, answer));
    this.changed({ type: "removed", ids: [last.answer.id] });
    this.changed({ type: "message", message: answerForView({ ...last, answer }) });
    this.tellWhatFollows();
    return answer.id;
  }

  /** Asks another text in place of a question; what followed it is dropped. Gives the id of the answer. */
  askInstead(questionId: string, text: string, attachments: readonly CodeAttachment[]): string {
    this.keepOnly(before(this.value.exchanges, questionId));
    return this.add(text, attachments);
  }

  /** Takes the last question out, and its attachments back among the pending ones. Gives its text. */
  takeBack(): string | undefined {
    const last = this.value.exchanges.at(-1);
    if (last === undefined) {
      return undefined;
    }
    this.keepOnly(this.value.exchanges.slice(0, -1));
    this.pending.addFirst(attachedByUser(last));
    return last.text;
  }

  /** Deletes a question with its answer. `restore` brings it back until something else is asked. */
  remove(questionId: string): void {
    this.keepOnly(without(this.value.exchanges, questionId), this.value.exchanges);
  }

  /** Deletes all of them; what was set for the conversation stays. */
  clear(): void {
    this.keepOnly([], this.value.exchanges);
  }

  restore(): void {
    if (this.beforeRemoval !== undefined) {
      this.open({ ...this.value, exchanges: this.beforeRemoval });
    }
  }

  /** Sets what differs from the settings in this conversation. */
  setOptions({ sampling, systemPrompt }: Pick<ConversationData, "sampling" | "systemPrompt">): void {
    this.value = { ...this.value, sampling, systemPrompt };
    this.changed({ type: "about" });
  }

  question(questionId: string): Exchange | undefined {
    return this.value.exchanges.find(({ id }) => id === questionId);
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
      this.changed({ type: "message", message: answerForView(changed) });
      if (!isRunning(changed.answer)) {
        this.tellWhatFollows();
      }
    }
  }

  /** Sets what the model was really asked, where the inference process wrote the question or shortened it. */
  setTurn(answerId: string, turn: UserTurn): void {
    const exchange = this.find(answerId);
    if (exchange !== undefined) {
      const changed = { ...exchange, turn };
      this.replace(changed);
      this.changed({ type: "message", message: questionForView(changed) });
    }
  }

  /** Notes how many of the answered questions before it the model did not see for this answer. */
  setDropped(answerId: string, droppedPairs: number): void {
    const exchange = this.find(answerId);
    const from = seenFrom(this.value.exchanges, answerId, droppedPairs);
    if (exchange !== undefined && from !== undefined) {
      this.replace({ ...exchange, seenFrom: from });
    }
  }

  /** The code behind a chip: of a question, or without an id of the pending ones. */
  attachment(messageId: string | undefined, index: number): CodeAttachment | undefined {
    const exchange = this.value.exchanges.find(({ id }) => id === messageId);
    return (messageId === undefined ? this.pending.all : exchange?.attachments)?.[index];
  }

  private add(
    text: string,
    attachments: readonly CodeAttachment[],
    written: Pick<Exchange, "turn" | "prompt" | "explained"> = {},
  ): string {
    const exchange: Exchange = { id: this.sources.newId(), text, attachments, ...written, answer: this.emptyAnswer() };
    this.setExchanges([...this.value.exchanges, exchange]);
    this.changed({ type: "message", message: questionForView(exchange) });
    this.changed({ type: "message", message: answerForView(exchange) });
    this.tellWhatFollows();
    return exchange.answer.id;
  }

  private emptyAnswer(): Answer {
    return { id: this.sources.newId(), text: "", status: { kind: "waiting", reason: "" } };
  }

  /** `restorable` are the exchanges that `restore` brings back. */
  private keepOnly(kept: readonly Exchange[], restorable?: readonly Exchange[]): void {
    const ids = new Set(kept.map(({ id }) => id));
    const removed = this.value.exchanges.filter(({ id }) => !ids.has(id));
    this.setExchanges(kept, restorable);
    this.changed({ type: "removed", ids: removed.flatMap(({ id, answer }) => [id, answer.id]) });
    this.tellWhatFollows();
  }

  private setExchanges(exchanges: readonly Exchange[], restorable?: readonly Exchange[]): void {
    this.value = { ...this.value, exchanges, updatedAt: this.sources.now().toISOString() };
    this.beforeRemoval = restorable;
  }

  /** What follows from the exchanges and is drawn between or beside them. */
  private tellWhatFollows(): void {
    const { exchanges } = this.value;
    const id = lastSeenFrom(exchanges);
    this.changed({ type: "seenFrom", ...(id === undefined ? {} : { id }) });
    this.changed({ type: "restorable", count: (this.beforeRemoval ?? exchanges).length - exchanges.length });
  }

  private find(answerId: string): Exchange | undefined {
    return this.value.exchanges.find(({ answer }) => answer.id === answerId);
  }

  private replace(changed: Exchange): void {
    const exchanges = this.value.exchanges.map((exchange) => (exchange.id === changed.id ? changed : exchange));
    const updatedAt = isRunning(changed.answer) ? this.value.updatedAt : this.sources.now().toISOString();
    this.value = { ...this.value, exchanges, updatedAt };
  }
}

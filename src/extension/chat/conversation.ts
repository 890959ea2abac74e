/**
 * The conversation as the extension keeps it: questions with their code, answers with their state, and what the next
 * question will carry. Every change is told as the message that the chat page needs to draw it. Pure.
 */
import type {
  AnswerStatus,
  ToView,
  ViewAnswer,
  ViewAttachment,
  ViewMessage,
  ViewQuestion,
} from "../../protocol/chatView";
import type { Attachment, ChatTurn, UserTurn } from "../../protocol/engine";

/** A piece of code with what the page shows of it. */
export interface CodeAttachment extends Attachment {
  readonly label: string;
}

export type ConversationChange = Extract<ToView, { type: "conversation" | "message" | "append" | "pending" }>;

interface Exchange {
  readonly question: ViewQuestion;
  readonly attachments: readonly CodeAttachment[];
  /** What the model was asked, for follow-up questions. */
  readonly turn: UserTurn;
  readonly answer: ViewAnswer;
}

export class Conversation {
  private exchanges: readonly Exchange[] = [];
  private pending: readonly CodeAttachment[] = [];
  private lastId = 0;

  constructor(private readonly changed: (change: ConversationChange) => void) {}

  /** Everything the page shows. */
  snapshot(): Extract<ToView, { type: "conversation" }> {
    return { type: "conversation", messages: this.messages, pending: this.pending.map(toView) };
  }

  get messages(): readonly ViewMessage[] {
    return this.exchanges.flatMap(({ question, answer }) => [question, answer]);
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
  turnsFor(answerId: string, systemPrompt: string): readonly ChatTurn[] {
    const exchange = this.find(answerId);
    return [...this.historyFor(answerId, systemPrompt), ...(exchange === undefined ? [] : [exchange.turn])];
  }

  /** The turns without the question itself. Questions that got no answer are left out: turns come in pairs. */
  historyFor(answerId: string, systemPrompt: string): readonly ChatTurn[] {
    const end = this.exchanges.findIndex(({ answer }) => answer.id === answerId);
    const system: readonly ChatTurn[] = systemPrompt === "" ? [] : [{ role: "system", content: systemPrompt }];
    const pairs = this.exchanges
      .slice(0, Math.max(end, 0))
      .filter(({ answer }) => isAnswered(answer))
      .flatMap(({ turn, answer }): ChatTurn[] => [turn, { role: "assistant", content: answer.text }]);
    return [...system, ...pairs];
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
      const answer = { ...exchange.answer, ...change };
      this.replace({ ...exchange, answer });
      this.changed({ type: "message", message: answer });
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
    const exchange = this.exchanges.find(({ question }) => question.id === messageId);
    return (messageId === undefined ? this.pending : exchange?.attachments)?.[index];
  }

  clear(): void {
    this.exchanges = [];
    this.pending = [];
    this.changed(this.snapshot());
  }

  private add(text: string, attachments: readonly CodeAttachment[]): string {
    const question: ViewQuestion = { role: "user", id: this.nextId(), text, attachments: attachments.map(toView) };
    const answer: ViewAnswer = {
      role: "assistant",
      id: this.nextId(),
      text: "",
      status: { kind: "waiting", reason: "" },
    };
    const turn: UserTurn = { role: "user", content: text, attachments: attachments.map(toProtocol) };
    this.exchanges = [...this.exchanges, { question, attachments, turn, answer }];
    this.changed({ type: "message", message: question });
    this.changed({ type: "message", message: answer });
    return answer.id;
  }

  private find(answerId: string): Exchange | undefined {
    return this.exchanges.find(({ answer }) => answer.id === answerId);
  }

  private replace(changed: Exchange): void {
    this.exchanges = this.exchanges.map((exchange) => (exchange.answer.id === changed.answer.id ? changed : exchange));
  }

  private setPending(pending: readonly CodeAttachment[]): void {
    if (pending.length !== this.pending.length) {
      this.pending = pending;
      this.changed({ type: "pending", pending: pending.map(toView) });
    }
  }

  private nextId(): string {
    this.lastId++;
    return `m${String(this.lastId)}`;
  }
}

function isAnswered({ text, status }: ViewAnswer): boolean {
  return text !== "" && (status.kind === "done" || status.kind === "stopped");
}

function toView({ label, languageId, text }: CodeAttachment): ViewAttachment {
  return { label, languageId, text };
}

function toProtocol({ uri, languageId, range, text }: CodeAttachment): Attachment {
  return { uri, languageId, text, ...(range === undefined ? {} : { range }) };
}

/**
 * Runs the chat: takes questions, asks the inference process, and writes its answers into the conversation. One answer at
 * a time: a new question stops the one before it.
 */
import { assertNever } from "../../base/assertNever";
import type { Disposable } from "../../base/disposables";
import type { ChatResult, ModelState, UserTurn } from "../../protocol/engine";
import type { AnswerStatus } from "../../protocol/chatView";
import { modelState, type AnswerSink, type ConnectionState, type Engine } from "../engineApi";
import { EngineError } from "../../protocol/engineErrors";
import { errorText } from "../errorText";
import type { Translate } from "../../base/localize";
import type { ExplainContext } from "../../protocol/explain";
import { inLanguage } from "./answerLanguage";
import type { PromptQuestion } from "../labelledCode";
import { attachmentForEngine, type CodeAttachment } from "./attachment";
import type { Conversation } from "./conversation";
import { historyFor, samplingFor, turnsFor } from "./conversationTurns";
import type { Explained } from "./conversationData";

export interface ChatParts {
  readonly conversation: Conversation;
  readonly engine: Pick<Engine, "state" | "onDidChangeState" | "chat" | "explain" | "isSynced">;
  readonly settings: () => { readonly systemPrompt: string; readonly chatModelPath: string };
  readonly translate: Translate;
  /** The language that answers should be in, by its English name; `undefined` for English, which needs no words. */
  readonly answerLanguage: () => string | undefined;
  /** Hears of every question. */
  readonly onAsk: () => void;
  /** Gets what failed, for the log. */
  readonly logError: (error: unknown) => void;
}

export interface ExplainHow {
  /** The question in whose place it is asked. */
  readonly insteadOf?: string | undefined;
  /** It was typed in the box: what is pending goes with it. */
  readonly isTyped?: boolean;
  /** What goes with it instead. */
  readonly others?: readonly CodeAttachment[];
  /** The code does not stand in its file any more. */
  readonly isGone?: boolean;
}

/** An explanation of a problem has no levels. */
function explainedAs({ level = "detailed", request, about }: ExplainContext): Explained | undefined {
  return about === undefined ? { level, request } : undefined;
}

/** The answer that is being written. */
interface Running {
  readonly answerId: string;
  readonly abort: AbortController;
  /** Whether text has come; until then the page says what is waited for. */
  streaming: boolean;
}

type Ask = (sink: AnswerSink, signal: AbortSignal) => Promise<ChatResult>;

export class ChatController implements Disposable {
  private running: Running | undefined;
  private readonly stateListener: Disposable;

  constructor(private readonly parts: ChatParts) {
    this.stateListener = parts.engine.onDidChangeState(() => {
      this.sayWhatIsWaitedFor();
    });
  }

  /** The state of the chat model, for the page. */
  get modelState(): ModelState {
    return modelState(this.parts.engine.state, "chat", this.parts.settings().chatModelPath);
  }

  /** Asks what the user wrote, with the pending attachments. Resolves when the answer has ended; blank text is nothing. */
  async send(text: string): Promise<void> {
    const question = text.trim();
    if (question === "") {
      return;
    }
    const { conversation } = this.parts;
    this.stop();
    await this.answer(conversation.ask(question));
  }

  /** Asks what a prompt file wrote, in the place of an earlier question where one is named. Resolves when the answer has ended. */
  async askPrompt(question: PromptQuestion, insteadOf?: string): Promise<void> {
    this.stop();
    await this.answer(this.parts.conversation.askPrompt(question, insteadOf));
  }

  /** Asks this about a text that is no file. Resolves when the answer has ended. */
  async ask(text: string, about: CodeAttachment): Promise<void> {
    this.stop();
    await this.answer(this.parts.conversation.askAbout(text, about));
  }

  /** Whether an answer is being written: what would change the conversation under it does nothing then. */
  get isAnswering(): boolean {
    return this.running !== undefined;
  }

  /** Has the last question answered once more. Resolves when the answer has ended. */
  async retry(): Promise<void> {
    const answerId = this.isAnswering ? undefined : this.parts.conversation.askAgain();
    if (answerId !== undefined) {
      await this.answer(answerId);
    }
  }

  /** Asks an earlier question with another text and some of its attachments. Resolves when the answer has ended. */
  async resend(questionId: string, text: string, kept: readonly number[]): Promise<void> {
    const { conversation } = this.parts;
    const exchange = conversation.question(questionId);
    const attachments = exchange?.attachments.filter((_, index) => kept.includes(index)) ?? [];
    if (exchange === undefined || this.isAnswering || (text.trim() === "" && attachments.length === 0)) {
      return;
    }
    await this.answer(conversation.askInstead(questionId, text.trim(), attachments));
  }

  private async answer(answerId: string): Promise<void> {
    const { conversation, engine, settings } = this.parts;
    const turns = inLanguage(
      turnsFor(conversation.data, answerId, settings().systemPrompt),
      this.parts.answerLanguage(),
    );
    const sampling = samplingFor(conversation.data, answerId);
    await this.run(answerId, (sink, signal) => engine.chat({ turns, sampling }, sink, signal));
  }

  /** Asks for an explanation of code. Resolves when the answer has ended. */
  async explain(code: CodeAttachment, context: ExplainContext = {}, how: ExplainHow = {}): Promise<void> {
    const { conversation, engine, settings } = this.parts;
    this.stop();
    const others = how.others ?? (how.isTyped === true ? conversation.pending.take() : []);
    const { uri, range, focus } = code;
    const attachments = [code, ...others];
    // The inference process may not have the document (the old side of a diff, say), but the question carries the code.
    const isThere = range !== undefined && how.isGone !== true && engine.isSynced(uri);
    const answerId = conversation.askExplanation(this.explainText(context), {
      attachments,
      explained: explainedAs(context),
      turn: isThere ? undefined : this.explainTurn(context, attachments),
      insteadOf: how.insteadOf,
    });
    if (!isThere) {
      await this.answer(answerId);
      return;
    }
    const history = inLanguage(
      historyFor(conversation.data, answerId, settings().systemPrompt),
      this.parts.answerLanguage(),
    );
    const { sampling } = conversation.data;
    const attached = others.length === 0 ? {} : { attachments: others.map(attachmentForEngine) };
    const place = { textDocument: { uri }, range, ...(focus === undefined ? {} : { focus }), ...attached };
    await this.run(answerId, (sink, signal) =>
      engine.explain({ ...place, history, sampling, ...context }, sink, signal),
    );
  }

  /** What the model is asked where the inference process cannot write the question. */
  private explainTurn(context: ExplainContext, attachments: readonly CodeAttachment[]): UserTurn {
    const { request = "", ...rest } = context;
    const content = [this.explainText(rest), request].filter((part) => part !== "").join("\n\n");
    return { role: "user", content, attachments: attachments.map(attachmentForEngine) };
  }

  /** What stands in the conversation as the user's question. */
  private explainText({ about, level = "detailed", request = "" }: ExplainContext): string {
    const { translate } = this.parts;
    if (request !== "") {
      return `/explain ${request}`;
    }
    if (about !== undefined) {
      return translate("Explain this problem: {0}", about.message);
    }
    switch (level) {
      case "brief":
        return translate("Explain this code briefly.");
      case "detailed":
        return translate("Explain this code.");
      case "lineByLine":
        return translate("Explain this code line by line.");
      default:
        return assertNever(level);
    }
  }

  /** Stops the answer that is being written; what there is of it stays. */
  stop(): void {
    const running = this.running;
    this.running = undefined;
    if (running !== undefined) {
      running.abort.abort();
      this.parts.conversation.setAnswer(running.answerId, { status: { kind: "stopped" } });
    }
  }

  newChat(): void {
    this.stop();
    this.parts.conversation.startNew();
  }

  dispose(): void {
    this.stop();
    this.stateListener.dispose();
  }

  private async run(answerId: string, ask: Ask): Promise<void> {
    this.parts.onAsk();
    const running: Running = { answerId, abort: new AbortController(), streaming: false };
    this.running = running;
    this.sayWhatIsWaitedFor();
    try {
      const result = await ask(this.sinkFor(running), running.abort.signal);
      if (result.question !== undefined) {
        this.parts.conversation.setTurn(answerId, result.question);
      }
      this.parts.conversation.setDropped(answerId, result.droppedPairs);
      this.finish(running, this.endOf(result), result.text);
    } catch (error) {
      if (!running.abort.signal.aborted) {
        this.parts.logError(error);
        const code = error instanceof EngineError ? { code: error.data.code } : {};
        this.finish(running, { kind: "failed", message: errorText(error, this.parts.translate), ...code });
      }
    }
  }

  private sinkFor(running: Running): AnswerSink {
    return {
      append: (text) => {
        if (this.running === running) {
          running.streaming = true;
          this.parts.conversation.append(running.answerId, text);
        }
      },
      startOver: () => {
        if (this.running === running) {
          running.streaming = false;
          this.parts.conversation.setAnswer(running.answerId, {
            text: "",
            status: { kind: "waiting", reason: this.waitingReason(this.parts.engine.state) },
          });
        }
      },
    };
  }

  /** Also after Stop: the result then has the figures, and the text up to where the model stopped. */
  private finish(running: Running, status: AnswerStatus, text?: string): void {
    this.parts.conversation.setAnswer(running.answerId, text === undefined ? { status } : { text, status });
    if (this.running === running) {
      this.running = undefined;
    }
  }

  private endOf({ finishReason, figures }: ChatResult): AnswerStatus {
    const { translate } = this.parts;
    switch (finishReason) {
      case "cancelled":
        return { kind: "stopped", figures };
      case "length":
        return { kind: "done", figures, note: translate("The answer ends here because it reached its length limit.") };
      case "stop":
        return { kind: "done", figures };
      default:
        return assertNever(finishReason);
    }
  }

  private sayWhatIsWaitedFor(): void {
    const running = this.running;
    if (running !== undefined && !running.streaming) {
      const reason = this.waitingReason(this.parts.engine.state);
      this.parts.conversation.setAnswer(running.answerId, { status: { kind: "waiting", reason } });
    }
  }

  private waitingReason(state: ConnectionState): string {
    const { translate } = this.parts;
    if (state.kind === "restarting") {
      return translate("The engine stopped unexpectedly and is starting again; your question will be asked again.");
    }
    const model = this.modelState;
    if (model.kind === "loading") {
      return translate("Loading the model… {0} %", Math.round(model.fraction * 100));
    }
    return translate("Thinking…");
  }
}

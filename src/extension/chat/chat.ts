/** Builds the chat: conversation, controller and view, tied to each other. */
import * as vscode from "vscode";
import { DisposableList, type Disposable } from "../../base/disposables";
import type { FromView, ToView } from "../../protocol/chatView";
import { ViewIds } from "../contributions";
import type { Engine } from "../engineApi";
import { withLines } from "./answerLines";
import { inLanguage } from "./answerLanguage";
import { ChatController, type ChatParts } from "./chatController";
import { ChatViewProvider } from "./chatViewProvider";
import { askCommand, commandSource, type ChatCommands } from "./commandMessages";
import { ContextMeter } from "./contextMeter";
import { Conversation, type ConversationChange } from "./conversation";
import { turnsWith } from "./conversationTurns";
import { conversationOptions, type ChatDefaults } from "./conversationActions";
import type { ConversationData } from "./conversationData";
import { createContext } from "./context/createContext";
import type { Context } from "./context/context";
import { Suggester } from "./suggester";
import { handleViewMessage, type ViewMessageParts } from "./viewMessages";

export interface ChatOptions extends Omit<ChatParts, "conversation" | "engine" | "settings"> {
  readonly engine: ChatParts["engine"] & Pick<Engine, "countTokens">;
  readonly settings: () => ReturnType<ChatParts["settings"]> & ChatDefaults;
  readonly extensionUri: vscode.Uri;
  readonly onDidChangeSettings: (listener: () => void) => Disposable;
  /** `llama2.exclude` as it is now. */
  readonly excludePatterns: () => readonly string[];
  /** Resolves when the conversation to begin with is there; a page shows nothing before. */
  readonly restored: () => Promise<void>;
  /** What messages that begin with "/" ask. */
  readonly commands: ChatCommands;
  /** The product's own explanation of what is selected. */
  readonly explain: (request: string, insteadOf?: string) => Promise<boolean>;
  readonly explainCode: ViewMessageParts["explainCode"];
  /** What the page can ask for and others do. */
  readonly selectModel: () => Promise<void>;
  readonly downloadModel: () => Promise<void>;
  readonly restartEngine: () => Promise<void>;
  readonly showLog: () => void;
  readonly applyCode: ViewMessageParts["applyCode"];
}

type QuestionMessage = Extract<FromView, { type: "send" | "resend" }>;

/** Whether a question may be one: looking for it takes a moment, and any other question is asked at once. */
function isCommand(message: FromView): message is QuestionMessage {
  return (message.type === "send" || message.type === "resend") && message.text.trimStart().startsWith("/");
}

export class Chat implements Disposable {
  readonly conversation: Conversation;
  readonly controller: ChatController;
  readonly view: ChatViewProvider;
  readonly context: Context;
  private readonly meter: ContextMeter;
  private takenBack: string | undefined;
  private readonly disposables = new DisposableList();
  private readonly suggester: Suggester;
  private readonly posted = this.disposables.add(new vscode.EventEmitter<ToView>());

  private readonly conversationChanged = this.disposables.add(new vscode.EventEmitter<ConversationData>());

  /** Every message to the page, also while no page is there to get it. */
  readonly onDidPost = this.posted.event;
  /** The conversation that is shown, after every change of it, each piece of a streaming answer included. */
  readonly onDidChangeConversation = this.conversationChanged.event;

  constructor(private readonly options: ChatOptions) {
    this.conversation = new Conversation((change) => {
      this.onChange(change);
    });
    this.controller = this.disposables.add(new ChatController({ ...options, conversation: this.conversation }));
    this.context = createContext({
      excludePatterns: options.excludePatterns,
      attach: (attachment) => {
        this.conversation.pending.add(attachment);
      },
      attached: () => this.conversation.pending.all,
      logError: options.logError,
      own: (disposable) => this.disposables.add(disposable),
    });
    this.suggester = new Suggester({ "@": this.context, "/": commandSource(options.commands) }, (message) => {
      this.post(message);
    });
    this.meter = this.disposables.add(this.createMeter());
    this.view = new ChatViewProvider(options.extensionUri, (message) => {
      void this.handle(message);
    });
    const refresh = (): void => {
      this.post({ type: "engine", state: this.controller.modelState });
      this.meter.refresh();
    };
    this.disposables.add(options.engine.onDidChangeState(refresh));
    this.disposables.add(
      options.onDidChangeSettings(() => {
        this.postOptions();
        refresh();
      }),
    );
    this.disposables.add(vscode.window.registerWebviewViewProvider(ViewIds.chat, this.view));
  }

  /** Does what the page asked for; also the way for tests to be the page. Never rejects. */
  async handle(message: FromView): Promise<void> {
    try {
      if (message.type === "ready") {
        await this.options.restored();
      }
      if (message.type === "send" && this.context.needsRefresh && !(await this.refreshContext())) {
        return;
      }
      if (isCommand(message) && (await this.handleCommand(message))) {
        return;
      }
      await handleViewMessage(message, {
        ...this.options,
        conversation: this.conversation,
        controller: this.controller,
        meter: this.meter,
        suggester: this.suggester,
        context: this.context,
        post: (reply) => {
          this.post(reply);
        },
      });
    } catch (error) {
      this.options.logError(error);
    }
    if (message.type === "ready") {
      this.postOptions();
      this.meter.refresh();
      this.postTakenBack();
    }
  }

  /** Asks a command as if it had been typed; says why where it cannot be asked. Resolves when the answer has ended. */
  async runCommand(text: string): Promise<void> {
    await this.view.reveal({ preserveFocus: true });
    await askCommand({ text }, { ...this.options, controller: this.controller });
  }

  /** False where another conversation was begun meanwhile: the question is not for that one. */
  private async refreshContext(): Promise<boolean> {
    const { id } = this.conversation.data;
    await this.context.refresh();
    return this.conversation.data.id === id;
  }

  /** True where the message was a command that is done now, or refused: then its text goes back into the box. */
  private async handleCommand(message: QuestionMessage): Promise<boolean> {
    const question =
      message.type === "send" ? { text: message.text } : { text: message.text, insteadOf: message.messageId };
    const outcome = await askCommand(question, { ...this.options, controller: this.controller });
    if (outcome === "refused") {
      this.post({ type: "takenBack", text: message.text });
    }
    return outcome !== "noCommand";
  }

  private post(sent: ToView): void {
    const message = withLines(sent, this.conversation.data);
    const arrived = this.view.post(message);
    if (message.type === "takenBack" && !arrived) {
      this.takenBack = message.text;
    }
    this.posted.fire(message);
  }

  /** A question that was taken back while there was no page goes to the next one. */
  private postTakenBack(): void {
    const text = this.takenBack;
    this.takenBack = undefined;
    if (text !== undefined) {
      this.post({ type: "takenBack", text });
    }
  }

  private postOptions(): void {
    this.post({ type: "options", options: conversationOptions(this.conversation, this.options.settings()) });
  }

  private onChange(change: ConversationChange): void {
    if (change.type !== "about") {
      this.post(change);
    }
    if (change.type === "about" || change.type === "conversation") {
      this.postOptions();
    }
    if (change.type !== "append") {
      this.meter.refresh();
    }
    this.conversationChanged.fire(this.conversation.data);
  }

  private createMeter(): ContextMeter {
    const { engine, settings, logError } = this.options;
    return new ContextMeter({
      count: (question, signal) => engine.countTokens(question, signal),
      questionWith: (draft) => ({
        turns: inLanguage(
          turnsWith(this.conversation.data, draft, this.conversation.pending.all, settings().systemPrompt),
          this.options.answerLanguage(),
        ),
        sampling: this.conversation.data.sampling,
      }),
      isAnswering: () => this.controller.isAnswering,
      tell: (usage) => {
        this.post({ type: "usage", ...(usage === undefined ? {} : { usage }) });
      },
      logError,
    });
  }

  dispose(): void {
    this.disposables.dispose();
  }
}

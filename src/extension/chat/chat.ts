/** Builds the chat: conversation, controller and view, tied to each other. */
import * as vscode from "vscode";
import { DisposableList, type Disposable } from "../../base/disposables";
import type { FromView, ToView } from "../../protocol/chatView";
import { ViewIds } from "../contributions";
import { ChatController, type ChatParts } from "./chatController";
import { ChatViewProvider } from "./chatViewProvider";
import { Conversation } from "./conversation";
import type { ConversationData } from "./conversationData";
import { createContext } from "./context/createContext";
import type { Context } from "./context/context";
import { Suggester } from "./suggester";
import { handleViewMessage } from "./viewMessages";

export interface ChatOptions extends Omit<ChatParts, "conversation"> {
  readonly extensionUri: vscode.Uri;
  readonly onDidChangeSettings: (listener: () => void) => Disposable;
  /** `llama2.exclude` as it is now. */
  readonly excludePatterns: () => readonly string[];
  /** What the page can ask for and others do. */
  readonly selectModel: () => Promise<void>;
  readonly restartEngine: () => Promise<void>;
  readonly showLog: () => void;
}

export class Chat implements Disposable {
  readonly conversation: Conversation;
  readonly controller: ChatController;
  readonly view: ChatViewProvider;
  readonly context: Context;
  private readonly disposables = new DisposableList();
  private readonly suggester: Suggester;
  private readonly posted = this.disposables.add(new vscode.EventEmitter<ToView>());

  private readonly conversationChanged = this.disposables.add(new vscode.EventEmitter<ConversationData>());

  /** Every message to the page, also while no page is there to get it. */
  readonly onDidPost = this.posted.event;
  /** The conversation that is shown, after every change of it, each piece of a streaming answer included. */
  readonly onDidChangeConversation = this.conversationChanged.event;

  constructor(private readonly options: ChatOptions) {
    const post = (message: ToView): void => {
      this.view.post(message);
      this.posted.fire(message);
    };
    this.conversation = new Conversation((change) => {
      post(change);
      this.conversationChanged.fire(this.conversation.data);
    });
    this.controller = this.disposables.add(new ChatController({ ...options, conversation: this.conversation }));
    this.context = createContext({
      excludePatterns: options.excludePatterns,
      attach: (attachment) => {
        this.conversation.attach(attachment);
      },
      logError: options.logError,
      own: (disposable) => this.disposables.add(disposable),
    });
    this.suggester = new Suggester({ "@": this.context }, post);
    this.view = new ChatViewProvider(options.extensionUri, (message) => {
      void this.handle(message);
    });
    const postState = (): void => {
      post({ type: "engine", state: this.controller.modelState });
    };
    this.disposables.add(options.engine.onDidChangeState(postState));
    this.disposables.add(options.onDidChangeSettings(postState));
    this.disposables.add(vscode.window.registerWebviewViewProvider(ViewIds.chat, this.view));
  }

  /** Does what the page asked for; also the way for tests to be the page. Never rejects. */
  async handle(message: FromView): Promise<void> {
    const { conversation, controller, options } = this;
    try {
      await handleViewMessage(message, {
        ...options,
        conversation,
        controller,
        suggester: this.suggester,
        post: (reply) => {
          this.view.post(reply);
        },
      });
    } catch (error) {
      options.logError(error);
    }
  }

  dispose(): void {
    this.disposables.dispose();
  }
}

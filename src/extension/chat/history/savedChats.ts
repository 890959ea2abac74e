/** Saved conversations in VS Code: where they are kept, when another window's changes are looked for, and what is told. */
import * as vscode from "vscode";
import { DisposableList, type Disposable } from "../../../base/disposables";
import { notifyError } from "../../notifyUser";
import type { Chat } from "../chat";
import { ChatHistory } from "./chatHistory";
import { ConversationFiles } from "./conversationFiles";
import { ConversationStore } from "./conversationStore";
import { HistoryCommands } from "./historyCommands";
import { ShownMemory } from "./shownMemory";
import { conversationFolder } from "./storageFolder";
import { problemText, type StoreProblem } from "./storeProblems";

export interface SavedChatsOptions {
  readonly chat: Chat;
  readonly context: Pick<vscode.ExtensionContext, "globalStorageUri">;
  readonly limit: () => number;
  readonly log: vscode.LogOutputChannel;
  readonly showLog: () => void;
}

/** Writing a file makes several events. */
const watchPauseMs = 100;

export class SavedChats implements Disposable {
  private readonly disposables = new DisposableList();
  private readonly files: ConversationFiles;
  private readonly store: ConversationStore;
  private readonly history: ChatHistory;
  readonly commands: HistoryCommands;
  private watcher: Disposable | undefined;
  private watchTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: SavedChatsOptions) {
    const { chat, context, limit } = options;
    this.files = new ConversationFiles(conversationFolder(context.globalStorageUri.fsPath, workspaceIdentity()));
    this.store = new ConversationStore(this.files, (problem) => {
      this.tell(problem);
    });
    this.history = this.disposables.add(
      new ChatHistory({
        store: this.store,
        conversation: chat.conversation,
        controller: chat.controller,
        memory: new ShownMemory(this.files.folder),
        limit,
        onSaved: () => {
          this.watch();
        },
        saveFailed: (error) => {
          this.logError(error);
          this.sayFailed(vscode.l10n.t("The conversation could not be saved. It is kept while this window is open."));
        },
        logError: this.logError,
      }),
    );
    this.commands = new HistoryCommands({
      history: this.history,
      conversation: chat.conversation,
      reveal: () => chat.view.reveal({ preserveFocus: false }),
      logError: this.logError,
      sayFailed: this.sayFailed,
    });
    this.disposables.add(
      chat.onDidChangeConversation(() => {
        this.history.changed();
      }),
    );
    this.disposables.add(
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) {
          this.takeOver();
        }
      }),
    );
    this.watch();
    void this.files.removeLeftovers(Date.now()).catch(this.logError);
  }

  /** Resolves when the last conversation is shown again. Never rejects. */
  get restored(): Promise<void> {
    return this.history.restored;
  }

  dispose(): void {
    clearTimeout(this.watchTimer);
    this.watcher?.dispose();
    this.disposables.dispose();
  }

  private tell(problem: StoreProblem): void {
    if (problem.kind !== "newer") {
      for (const detail of problem.details) {
        this.options.log.warn(`saved conversation: ${detail}`);
      }
    }
    this.sayFailed(problemText(problem, vscode.l10n.t));
  }

  private watch(): void {
    this.watcher ??= this.files.watch(() => {
      this.watchTimer ??= setTimeout(() => {
        this.watchTimer = undefined;
        this.takeOver();
      }, watchPauseMs);
    }, this.logError);
  }

  private takeOver(): void {
    this.history.takeOverChanges().catch(this.logError);
  }

  private readonly sayFailed = (text: string): void => {
    void notifyError(text, { title: vscode.l10n.t("Show Log"), run: this.options.showLog });
  };

  private readonly logError = (error: unknown): void => {
    this.options.log.error(`saved conversations: ${error instanceof Error ? error.message : String(error)}`);
  };
}

function workspaceIdentity(): Parameters<typeof conversationFolder>[1] {
  return {
    workspaceFile: vscode.workspace.workspaceFile?.toString(),
    folders: (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.toString()),
  };
}

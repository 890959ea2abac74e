/** What people do with saved conversations: list, open, rename, pin, delete, export; and what they are asked and told. */
import * as vscode from "vscode";
import { notifyError } from "../../notifyUser";
import type { Conversation } from "../conversation";
import { isEmpty, titleOf } from "../conversationData";
import type { ChatHistory } from "./chatHistory";
import { exportMarkdown } from "./exportMarkdown";
import { pickConversation } from "./historyPicker";
import type { ConversationHead } from "./storedConversation";

export interface HistoryCommandParts {
  readonly history: ChatHistory;
  readonly conversation: Conversation;
  /** Brings the chat to the front. */
  readonly reveal: () => Promise<void>;
  readonly logError: (error: unknown) => void;
  /** Tells people that something failed. */
  readonly sayFailed: (text: string) => void;
}

export class HistoryCommands {
  constructor(private readonly parts: HistoryCommandParts) {}

  /** The list, until a conversation was chosen or it was left. */
  async show(): Promise<void> {
    for (let typed: string | undefined = ""; typed !== undefined;) {
      typed = await this.showList(typed);
    }
  }

  /** Opens the conversation that is shown as a Markdown document, for the user to save or not. */
  async exportShown(): Promise<void> {
    const { data } = this.parts.conversation;
    if (this.hasNone()) {
      return;
    }
    const content = exportMarkdown(data, { translate: vscode.l10n.t, language: vscode.env.language });
    const document = await vscode.workspace.openTextDocument({ language: "markdown", content });
    await vscode.window.showTextDocument(document, { preview: false });
  }

  async renameShown(): Promise<void> {
    if (!this.hasNone()) {
      const { data } = this.parts.conversation;
      await this.rename(data.id, titleOf(data));
    }
  }

  async deleteShown(): Promise<void> {
    if (!this.hasNone()) {
      const { data } = this.parts.conversation;
      await this.remove(data.id, titleOf(data));
    }
  }

  /** Deletes all conversations of the workspace, after a question: this one cannot be undone. */
  async clear(): Promise<void> {
    const heads = await this.parts.history.list();
    const unpinned = heads.filter(({ pinned }) => !pinned);
    if (heads.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t("No conversation is saved yet."));
      return;
    }
    const all = vscode.l10n.t("Delete All");
    const butPinned = vscode.l10n.t("Keep Pinned");
    const offersPinned = unpinned.length > 0 && unpinned.length < heads.length;
    const chosen = await vscode.window.showWarningMessage(
      vscode.l10n.t("Delete all {0} conversations of this workspace?", heads.length),
      { modal: true, detail: vscode.l10n.t("This cannot be undone.") },
      ...(offersPinned ? [all, butPinned] : [all]),
    );
    const deleted = chosen === all ? heads : chosen === butPinned ? unpinned : [];
    for (const { id } of deleted) {
      await this.parts.history.remove(id);
    }
  }

  /** Answers what to search for when the list is to be shown again; `undefined` when it is not. */
  private async showList(typed: string): Promise<string | undefined> {
    const result = await pickConversation(
      {
        list: () => this.parts.history.list(),
        shown: () => this.parts.conversation.data.id,
        pin: (id, pinned) => this.attempt(() => this.parts.history.pin(id, pinned)),
        remove: ({ id, title }) => this.remove(id, title),
      },
      typed,
    );
    switch (result?.kind) {
      case "rename":
        await this.rename(result.head.id, result.head.title);
        return result.typed;
      case "clear":
        await this.clear();
        return undefined;
      case "open":
        await this.open(result.head);
        return undefined;
      case undefined:
        return undefined;
    }
  }

  private async open({ id }: ConversationHead): Promise<void> {
    if (await this.parts.history.open(id)) {
      await this.parts.reveal();
    } else {
      void notifyError(vscode.l10n.t("This conversation has been deleted in another window."));
    }
  }

  private async rename(id: string, title: string): Promise<void> {
    const typed = await vscode.window.showInputBox({
      title: vscode.l10n.t("Rename Conversation"),
      prompt: vscode.l10n.t("Empty: the first words of the first question."),
      value: title,
    });
    if (typed !== undefined && typed.trim() !== title) {
      await this.attempt(() => this.parts.history.rename(id, typed.trim()));
    }
  }

  private async remove(id: string, title: string): Promise<void> {
    const wasShown = this.parts.conversation.data.id === id;
    await this.attempt(async () => {
      const removed = await this.parts.history.remove(id);
      if (removed !== undefined) {
        void this.offerUndo(title, async () => {
          await this.parts.history.undoRemove(removed);
          if (wasShown) {
            await this.parts.history.open(id);
          }
        });
      }
    });
  }

  private async offerUndo(title: string, undo: () => Promise<void>): Promise<void> {
    const button = vscode.l10n.t("Undo");
    const chosen = await vscode.window.showInformationMessage(
      vscode.l10n.t("The conversation “{0}” was deleted.", title),
      button,
    );
    if (chosen === button) {
      await this.attempt(undo);
    }
  }

  /** Does what the user asked for, and says so where it fails. */
  private async attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.parts.logError(error);
      this.parts.sayFailed(vscode.l10n.t("The saved conversations could not be changed."));
    }
  }

  private hasNone(): boolean {
    const isNone = isEmpty(this.parts.conversation.data);
    if (isNone) {
      void vscode.window.showInformationMessage(vscode.l10n.t("The chat is empty: ask something first."));
    }
    return isNone;
  }
}

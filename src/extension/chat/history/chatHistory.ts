/**
 * Keeps the conversation that is shown and the saved ones together: saves what changes, shows a saved one, brings back the
 * last one after a reload, and takes over what another window has written.
 */
import { DisposableList, type Disposable } from "../../../base/disposables";
import type { ChatController } from "../chatController";
import type { Conversation } from "../conversation";
import { isEmpty, isRunning, type ConversationData } from "../conversationData";
import { Autosave } from "./autosave";
import type { ConversationStore } from "./conversationStore";
import type { ConversationHead, StoredConversation } from "./storedConversation";

/** Where the id of the conversation that is shown survives a reload: `vscode.Memento`. */
export interface IdMemory {
  get(key: string): unknown;
  update(key: string, value: string): PromiseLike<void>;
}

export interface HistoryParts {
  readonly store: ConversationStore;
  readonly conversation: Pick<Conversation, "data" | "open" | "startNew">;
  readonly controller: Pick<ChatController, "stop">;
  readonly memory: IdMemory;
  /** So many conversations are kept beside the pinned ones; 0: nothing is saved. */
  readonly limit: () => number;
  /** A conversation was saved. */
  readonly onSaved: () => void;
  /** The conversation could not be saved. */
  readonly saveFailed: (error: unknown) => void;
  readonly logError: (error: unknown) => void;
}

const shownKey = "llama2.chat.shown";
/** Kept for a new conversation, which has no file yet. */
const newChat = "";

export class ChatHistory implements Disposable {
  /** Resolves when the last conversation is shown again, or there is none. Never rejects. */
  readonly restored: Promise<void>;
  private readonly disposables = new DisposableList();
  private readonly autosave: Autosave<ConversationData>;
  /** The conversation after the last change: what is still to be saved when another one is shown. */
  private latest: ConversationData;
  /** What the file of the shown conversation has. */
  private saved: ConversationData;
  private shown: string = newChat;
  private readonly pruned = new Set<string>();

  constructor(private readonly parts: HistoryParts) {
    const { store, conversation } = parts;
    this.latest = conversation.data;
    this.saved = conversation.data;
    this.autosave = this.disposables.add(
      new Autosave<ConversationData>({
        content: () => (parts.limit() === 0 ? undefined : this.latest),
        save: (data) => this.save(data),
        saveNow: (data) => {
          if (isEmpty(data)) {
            store.removeNow(data.id);
          } else {
            store.saveNow(data);
          }
        },
        failed: parts.saveFailed,
      }),
    );
    this.restored = this.restore().catch(parts.logError);
  }

  /** To be called after every change of the conversation, and when another one is shown. */
  changed(): void {
    const { data } = this.parts.conversation;
    if (data === this.latest) {
      return;
    }
    if (data.id !== this.latest.id) {
      void this.autosave.flush();
      this.saved = isEmpty(data) ? data : this.saved; // a new conversation is not worth a file yet
    }
    this.latest = data;
    this.remember(isEmpty(data) ? newChat : data.id);
    if (data !== this.saved) {
      this.autosave.changed();
      if (data.exchanges.every(({ answer }) => !isRunning(answer))) {
        void this.autosave.flush(); // an answer has ended
      }
    }
  }

  /** What can be shown, the latest first. */
  async list(): Promise<readonly ConversationHead[]> {
    await this.autosave.flush();
    return this.parts.store.list();
  }

  /** Shows a saved conversation; false where it is gone. */
  async open(id: string): Promise<boolean> {
    const { store, controller } = this.parts;
    if (id === this.latest.id) {
      return true;
    }
    await this.autosave.flush();
    const data = await store.load(id);
    if (data === undefined) {
      return false;
    }
    controller.stop();
    this.show(data);
    return true;
  }

  /** "" gives back the title that the first question makes. @throws Error where it cannot be written */
  async rename(id: string, title: string): Promise<void> {
    await this.autosave.flush();
    await this.parts.store.rename(id, title);
    if (id === this.latest.id) {
      this.show({ ...this.latest, title });
    }
  }

  /** @throws Error where it cannot be written */
  async pin(id: string, pinned: boolean): Promise<void> {
    await this.autosave.flush();
    await this.parts.store.pin(id, pinned);
  }

  /** Gives what `undoRemove` takes. Where it was shown, a new conversation begins. */
  async remove(id: string): Promise<StoredConversation | undefined> {
    await this.autosave.flush();
    if (id === this.latest.id) {
      this.parts.controller.stop();
      this.autosave.discard();
      this.parts.conversation.startNew();
    }
    return this.parts.store.remove(id);
  }

  async undoRemove(stored: StoredConversation): Promise<void> {
    await this.parts.store.restore(stored);
  }

  /** Takes over what another window has done to the conversation that is shown here, unless it goes on here. */
  async takeOverChanges(): Promise<void> {
    const { store } = this.parts;
    const before = this.latest;
    if (!(await store.changedElsewhere(before.id))) {
      return;
    }
    const data = await store.load(before.id);
    const isBusy = this.autosave.isDirty || before.exchanges.some(({ answer }) => isRunning(answer));
    if (data !== undefined && this.latest === before && !isBusy) {
      this.show(data);
    }
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private async restore(): Promise<void> {
    const { store, memory } = this.parts;
    const remembered = memory.get(shownKey);
    const id = typeof remembered === "string" ? remembered : (await store.list())[0]?.id;
    const data = id === undefined || id === newChat ? undefined : await store.load(id);
    if (data !== undefined && isEmpty(this.latest)) {
      this.show(data);
    }
  }

  /** Shows what the file has. */
  private show(data: ConversationData): void {
    this.saved = data;
    this.parts.conversation.open(data);
  }

  private async save(data: ConversationData): Promise<void> {
    const { store, limit } = this.parts;
    if (isEmpty(data)) {
      await store.remove(data.id); // all its questions were deleted
      return;
    }
    await store.save(data);
    this.parts.onSaved();
    if (!this.pruned.has(data.id)) {
      this.pruned.add(data.id);
      await store.prune(limit(), data.id);
    }
  }

  private remember(id: string): void {
    if (id !== this.shown) {
      this.shown = id;
      this.parts.memory.update(shownKey, id).then(undefined, this.parts.logError);
    }
  }
}

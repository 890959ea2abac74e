/**
 * When a conversation is saved: at most once in a while as long as it changes (an answer that streams does, many times a
 * second), at once when it is left, and in the last moment of the extension. What is not saved stays to be saved.
 */
import type { Disposable } from "../../../base/disposables";

/** So much of an answer may be lost when the machine stops. */
const intervalMs = 1000;

export interface AutosaveParts<T> {
  /** What would be saved now; `undefined` where there is nothing worth a file. */
  readonly content: () => T | undefined;
  readonly save: (content: T) => Promise<void>;
  /** Saves without waiting. */
  readonly saveNow: (content: T) => void;
  /** Called once where saving begins to fail; the next change tries again. */
  readonly failed: (error: unknown) => void;
}

export class Autosave<T> implements Disposable {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private unsaved = false;
  private isFailing = false;
  private isDisposed = false;
  /** What is being written. */
  private inFlight: T | undefined;
  /** All saves that have begun, in their order. */
  private saves: Promise<void> = Promise.resolve();

  constructor(private readonly parts: AutosaveParts<T>) {}

  /** Something has changed that is not saved yet. */
  get isDirty(): boolean {
    return this.unsaved;
  }

  /** The conversation has changed. */
  changed(): void {
    if (this.isDisposed) {
      return;
    }
    this.unsaved = true;
    this.timer ??= setTimeout(() => {
      void this.flush();
    }, intervalMs);
  }

  /**
   * Saves what has changed. What is saved is taken before this returns, so the conversation may go on or be replaced.
   * Resolves when everything up to now is on the disk, or could not be saved and was reported. Never rejects.
   */
  flush(): Promise<void> {
    this.cancelTimer();
    if (this.unsaved) {
      this.unsaved = false;
      const content = this.parts.content();
      if (content !== undefined) {
        this.inFlight = content;
        this.saves = this.saves.then(() => this.save(content));
      }
    }
    return this.saves;
  }

  /** Forgets what has changed: the conversation is to be gone. */
  discard(): void {
    this.cancelTimer();
    this.unsaved = false;
    this.inFlight = undefined;
  }

  dispose(): void {
    const latest = this.unsaved ? this.parts.content() : undefined;
    const contents = [this.inFlight, latest].flatMap((content) => content ?? []); // nobody waits for what has begun
    this.discard();
    this.isDisposed = true;
    for (const content of contents) {
      try {
        this.parts.saveNow(content);
      } catch (error) {
        this.parts.failed(error);
      }
    }
  }

  private async save(content: T): Promise<void> {
    try {
      await this.parts.save(content);
      this.inFlight = this.inFlight === content ? undefined : this.inFlight;
      this.isFailing = false;
    } catch (error) {
      this.unsaved = true;
      if (!this.isFailing) {
        this.isFailing = true;
        this.parts.failed(error);
      }
    }
  }

  private cancelTimer(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}

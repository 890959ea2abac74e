/**
 * Keeps the page told of what the question in the box would use of the context. The conversation is tokenized for it, so it
 * is asked for after a pause only, and never while an answer is being written: the engine has better to do.
 */
import type { Disposable } from "../../base/disposables";
import type { ChatQuestion } from "../engineApi";
import type { TokenCounts } from "../../protocol/engine";

const PAUSE_MS = 250;

export interface ContextMeterParts {
  /** `null` where no model is in memory. */
  readonly count: (question: ChatQuestion, signal: AbortSignal) => Promise<TokenCounts | null>;
  /** What would be asked with this text in the box. */
  readonly questionWith: (draft: string) => ChatQuestion;
  readonly isAnswering: () => boolean;
  readonly tell: (usage: TokenCounts | undefined) => void;
  /** Gets what failed, for the log. */
  readonly logError: (error: unknown) => void;
}

export class ContextMeter implements Disposable {
  private draft = "";
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asking = new AbortController();

  constructor(private readonly parts: ContextMeterParts) {}

  /** What stands in the box now. */
  setDraft(draft: string): void {
    this.draft = draft;
    this.refresh();
  }

  /** Something that counts has changed. */
  refresh(): void {
    this.cancel();
    this.timer = setTimeout(() => void this.count(), PAUSE_MS);
  }

  dispose(): void {
    this.cancel();
  }

  private cancel(): void {
    clearTimeout(this.timer);
    this.asking.abort();
  }

  private async count(): Promise<void> {
    if (this.parts.isAnswering()) {
      return; // its end refreshes
    }
    const asking = new AbortController();
    this.asking = asking;
    try {
      const usage = await this.parts.count(this.parts.questionWith(this.draft), asking.signal);
      if (!asking.signal.aborted) {
        this.parts.tell(usage ?? undefined);
      }
    } catch (error) {
      if (!asking.signal.aborted) {
        this.parts.logError(error); // the process died: what the meter shows is old, and a new state refreshes it
      }
    }
  }
}

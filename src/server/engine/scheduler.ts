/**
 * Decides which request may use the model. A completion goes before a chat: the chat pauses at its next batch boundary
 * until no completion is left. Of completions only the newest matters; of chats each is answered in its turn.
 */
import { orAborted } from "../../base/abort";
import type { ModelRole } from "../../protocol/engine";

/** What a running request is given. */
export interface Turn {
  /** Aborted when the client cancels, and when a newer completion takes this one's place. */
  readonly signal: AbortSignal;
  /** Awaited before every batch. */
  readonly yieldTurn: () => Promise<void>;
}

type Job<T> = (turn: Turn) => Promise<T>;

export class Scheduler {
  private jobs = 0;
  private currentCompletion = new AbortController();
  /** Settles when no completion that was asked for until now is left. */
  private completionsDone: Promise<void> = Promise.resolve();
  private chatsDone: Promise<void> = Promise.resolve();

  constructor(
    /** Called when a job is asked for, and when it has ended. */
    private readonly onActivity: () => void = () => undefined,
  ) {}

  /** Whether nothing runs, and nothing waits. */
  get isIdle(): boolean {
    return this.jobs === 0;
  }

  /** Runs a job when its turn comes. Rejects with the signal's reason where it is aborted before that. */
  run<T>(role: ModelRole, signal: AbortSignal, job: Job<T>): Promise<T> {
    const result = role === "completion" ? this.runCompletion(signal, job) : this.runChat(signal, job);
    this.jobs++;
    this.onActivity();
    return result.finally(() => {
      this.jobs--;
      this.onActivity();
    });
  }

  private runCompletion<T>(clientSignal: AbortSignal, job: Job<T>): Promise<T> {
    this.currentCompletion.abort(new DOMException("superseded by a newer completion", "AbortError"));
    this.currentCompletion = new AbortController();
    const signal = AbortSignal.any([clientSignal, this.currentCompletion.signal]);
    const result = this.completionsDone.then(() => {
      signal.throwIfAborted();
      return job({ signal, yieldTurn: letMessagesIn });
    });
    this.completionsDone = settled(result);
    return result;
  }

  private runChat<T>(signal: AbortSignal, job: Job<T>): Promise<T> {
    const before = this.chatsDone;
    const result = orAborted(before, signal).then(() =>
      job({ signal, yieldTurn: () => this.afterCompletions(signal) }),
    );
    // A chat that is cancelled while it waits must not let the next one overtake the one that is still running.
    this.chatsDone = before.then(() => settled(result));
    return result;
  }

  private async afterCompletions(signal: AbortSignal): Promise<void> {
    await letMessagesIn();
    for (let waitedFor: Promise<void> | undefined; waitedFor !== this.completionsDone && !signal.aborted;) {
      waitedFor = this.completionsDone;
      await settled(orAborted(waitedFor, signal));
    }
  }
}

/** Waits for the end of work whose error goes to whoever asked for it. */
async function settled(promise: Promise<unknown>): Promise<void> {
  await promise.catch(() => undefined);
}

/** One turn of the event loop, so that a cancellation that has arrived is seen before the next batch. */
function letMessagesIn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

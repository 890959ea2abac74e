/** One download at a time, in the order in which they were asked for. */
import { orAborted } from "../../../base/abort";

export class DownloadQueue {
  private last: Promise<unknown> = Promise.resolve();
  private length = 0;

  /** Runs the work when all before it has ended; rejects at once when the signal aborts before that. */
  async run<T>(work: () => Promise<T>, onQueued: () => void, signal: AbortSignal): Promise<T> {
    if (this.length > 0) {
      onQueued();
    }
    const before = this.last;
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    this.last = before.then(() => ended);
    this.length++;
    try {
      await orAborted(before, signal);
      return await work();
    } finally {
      this.length--;
      end();
    }
  }
}

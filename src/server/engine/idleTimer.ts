/** Says when nothing has happened for a time, so that memory nobody uses is given back. */

export class IdleTimer {
  private timer: NodeJS.Timeout | undefined;
  private delayMs = 0;

  constructor(
    /** False while something is going on; it is asked again after the same time. */
    private readonly isIdle: () => boolean,
    private readonly onIdle: () => void,
  ) {}

  /** After so many minutes; 0 for never. */
  configure(minutes: number): void {
    this.delayMs = minutes * 60_000;
    this.touch();
  }

  /** Something happens now. */
  touch(): void {
    this.stop();
    if (this.delayMs > 0) {
      this.timer = setTimeout(() => {
        this.expired();
      }, this.delayMs).unref();
    }
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private expired(): void {
    if (this.isIdle()) {
      this.stop();
      this.onIdle();
    } else {
      this.touch();
    }
  }
}

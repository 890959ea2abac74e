/** How fast a model reads prompts on this machine, measured on the requests themselves. */

/** Shorter ones say more about the generation of a token than about reading. */
const MIN_TOKENS = 64;
/** The figure that is told changes only with a difference of this part: each change moves the cuts of prompts. */
const STEADY_SHARE = 0.3;

export class PrefillSpeed {
  private estimate: number | undefined;
  private told: number | undefined;
  private samples = 0;

  /** `undefined` until a prompt was long enough to tell. */
  get tokensPerSecond(): number | undefined {
    return this.told;
  }

  /** Takes the tokens that a request had to read and the time until its first generated token. */
  add(tokens: number, ms: number): void {
    if (tokens < MIN_TOKENS || ms <= 0) {
      return;
    }
    const speed = (1000 * tokens) / ms;
    this.samples++;
    // The first one also brought the file from the disk into memory: the second takes its place.
    this.estimate = this.estimate === undefined || this.samples === 2 ? speed : (this.estimate + speed) / 2;
    const told = this.told ?? 0;
    if (Math.abs(this.estimate - told) > told * STEADY_SHARE) {
      this.told = this.estimate;
    }
  }
}

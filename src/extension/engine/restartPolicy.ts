/** Decides what happens after the inference process died: start it again, later each time, or give up. Pure. */

export interface RestartLimits {
  /** This many crashes within the window are one too many. */
  readonly maxCrashes: number;
  readonly windowMs: number;
  /** How long to wait before each new start; the last entry holds for all that follow. */
  readonly delaysMs: readonly number[];
}

export const DEFAULT_RESTART_LIMITS: RestartLimits = {
  maxCrashes: 5,
  windowMs: 3 * 60_000,
  delaysMs: [0, 1_000, 4_000, 10_000],
};

export type RestartDecision =
  { readonly kind: "restart"; readonly delayMs: number } | { readonly kind: "giveUp"; readonly crashes: number };

export class RestartPolicy {
  private crashTimesMs: readonly number[] = [];

  constructor(private readonly limits: RestartLimits = DEFAULT_RESTART_LIMITS) {}

  /** To be asked once for each crash; `nowMs` is any clock that does not run backwards. */
  afterCrash(nowMs: number): RestartDecision {
    const { maxCrashes, windowMs, delaysMs } = this.limits;
    this.crashTimesMs = [...this.crashTimesMs.filter((time) => nowMs - time < windowMs), nowMs];
    const crashes = this.crashTimesMs.length;
    if (crashes >= maxCrashes) {
      return { kind: "giveUp", crashes };
    }
    return { kind: "restart", delayMs: delaysMs[Math.min(crashes, delaysMs.length) - 1] ?? 0 };
  }

  /** Forgets the crashes: the user asked for a new start. */
  reset(): void {
    this.crashTimesMs = [];
  }
}

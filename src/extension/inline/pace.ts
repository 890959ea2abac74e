/**
 * How long to wait before the engine is asked: from the rhythm in which the user types and the time an answer takes,
 * both measured as averages that follow what is recent. Pure; times are milliseconds of one clock.
 */

/** Longer pauses are for thinking and say nothing about the rhythm. */
const LONGEST_INTERVAL_MS = 1_000;

/** What a fluent typist does, until it is measured. */
const FIRST_INTERVAL_MS = 120;
const FIRST_DEVIATION_MS = 40;

/** How much one more measurement counts; as for round trips in TCP (RFC 6298). */
const INTERVAL_WEIGHT = 1 / 8;
const DEVIATION_WEIGHT = 1 / 4;
const LATENCY_WEIGHT = 1 / 4;

/** VS Code itself waits this long before it asks for an automatic suggestion. */
const EDITOR_DEBOUNCE_MS = 50;

export const MAX_DEBOUNCE_MS = 400;

export class Pace {
  private intervalMs = FIRST_INTERVAL_MS;
  private deviationMs = FIRST_DEVIATION_MS;
  private lastKeyMs: number | undefined;
  private answerMs: number | undefined;

  /** The user typed or deleted a character. */
  keyPressed(nowMs: number): void {
    const intervalMs = nowMs - (this.lastKeyMs ?? -Infinity);
    this.lastKeyMs = nowMs;
    if (intervalMs <= LONGEST_INTERVAL_MS) {
      this.deviationMs += DEVIATION_WEIGHT * (Math.abs(intervalMs - this.intervalMs) - this.deviationMs);
      this.intervalMs += INTERVAL_WEIGHT * (intervalMs - this.intervalMs);
    }
  }

  /** The engine answered, after this time. */
  answered(ms: number): void {
    this.answerMs = this.answerMs === undefined ? ms : this.answerMs + LATENCY_WEIGHT * (ms - this.answerMs);
  }

  /** What an answer takes; undefined until one has come. */
  get latencyMs(): number | undefined {
    return this.answerMs;
  }

  /**
   * How long typing has to pause. Where an answer takes longer than the next key, only a real pause is worth a request:
   * an interval that this user rarely exceeds while typing. The faster the engine answers, the less there is to lose.
   */
  get debounceMs(): number {
    const pauseMs = this.intervalMs + this.deviationMs;
    const effort = this.answerMs === undefined ? 1 : Math.min(1, this.answerMs / this.intervalMs);
    return Math.round(Math.min(MAX_DEBOUNCE_MS, Math.max(0, pauseMs * effort - EDITOR_DEBOUNCE_MS)));
  }
}

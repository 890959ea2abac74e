/** Trying again: back-off with jitter, what a server asks for with Retry-After, and an end after too many failures in a row. */
import { setTimeout as delay } from "node:timers/promises";
import type { EngineError } from "../../../protocol/engineErrors";

export interface RetryOptions {
  /** Attempts in all. */
  readonly tries: number;
  /** Before the second attempt, at most; doubled for each one after it. */
  readonly baseMs: number;
}

const LONGEST_PAUSE_MS = 30_000;
/** A server that asks for a longer pause is reported instead of waited for. */
const LONGEST_RETRY_AFTER_MS = 300_000;

/** A failure that may be gone in a moment; `failure` is what the user is told if it is not. */
export class Transient extends Error {
  constructor(
    readonly failure: EngineError,
    readonly retryAfterMs?: number,
  ) {
    super(failure.message, { cause: failure });
    this.name = "Transient";
  }
}

/** Counts the failures of one undertaking. */
export class Patience {
  private failures = 0;

  constructor(private readonly options: RetryOptions) {}

  /** Something went well: the next failure is the first one again. */
  reset(): void {
    this.failures = 0;
  }

  /** Waits until it is time to try again; throws where trying again has no sense. */
  async afterFailure(error: unknown, signal: AbortSignal): Promise<void> {
    if (!(error instanceof Transient)) {
      throw error;
    }
    this.failures++;
    if (this.failures >= this.options.tries || (error.retryAfterMs ?? 0) > LONGEST_RETRY_AFTER_MS) {
      throw error.failure;
    }
    const longest = Math.min(LONGEST_PAUSE_MS, this.options.baseMs * 2 ** (this.failures - 1));
    await delay(Math.max(error.retryAfterMs ?? 0, longest * (0.5 + Math.random() / 2)), undefined, { signal });
  }
}

export async function withRetries<T>(
  attempt: () => Promise<T>,
  options: RetryOptions,
  signal: AbortSignal,
): Promise<T> {
  const patience = new Patience(options);
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      await patience.afterFailure(error, signal);
    }
  }
}

/** Retry-After as seconds or as a date. */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined || header.trim() === "") {
    return undefined;
  }
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - nowMs;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

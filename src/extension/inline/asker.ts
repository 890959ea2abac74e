/**
 * Decides what becomes of each moment at which the editor wants a suggestion: answered from what is known, waited for,
 * or asked of the engine. At most one request is in flight, and the newest wins. Pure but for what it is given.
 */
import { orAborted } from "../../base/abort";
import type { Disposable } from "../../base/disposables";
import { placeAfter, typedSince, type Candidate, type Place } from "./place";
import type { Pace } from "./pace";
import type { Suggestion, SuggestionCache } from "./suggestionCache";

/** What the engine is asked: a place, and what the caller needs to ask for it. */
export interface Question<R> {
  readonly place: Place;
  readonly request: R;
}

export interface AskerParts<R> {
  readonly cache: SuggestionCache;
  readonly pace: Pace;
  /** Rejects when it fails or is aborted. */
  readonly ask: (request: R, signal: AbortSignal) => Promise<readonly Candidate[]>;
  /** Milliseconds of the clock that `wait` goes by. */
  readonly now: () => number;
  /** False when aborted before the time was over. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<boolean>;
  /** The request for what would follow a candidate, where it may be asked now. */
  readonly speculate: (request: R, candidate: Candidate) => R | undefined;
  readonly logError: (error: unknown) => void;
  /** Whether a request that the user waits for is in flight has changed. */
  readonly onActivity: () => void;
}

export interface Asking {
  /** Asked for by command: nothing is waited for, and what typing brought, or nothing, is asked again. */
  readonly explicit: boolean;
  readonly debounceMs: number;
  /** Aborted when the editor has no more use for the answer. */
  readonly signal: AbortSignal;
}

/** What was done since the start. */
export interface AskerCounts {
  readonly requests: number;
  readonly cancelled: number;
  /** Moments that were answered without a request. */
  readonly reused: number;
  readonly speculative: number;
}

/** An editor that types on asks again within this time; otherwise nobody wants the answer any more. */
const ABANDONED_AFTER_MS = 200;

/** How long nothing may happen before the next suggestion is prepared. */
const IDLE_MS = 250;

/** Who has typed more than this since a request has most likely left what it would answer. */
const MAX_TYPED_IN_FLIGHT = 12;

type RequestKind = "automatic" | "explicit" | "speculative";

interface InFlight {
  readonly place: Place;
  readonly startedMs: number;
  readonly abort: AbortController;
  readonly kind: RequestKind;
  /** Never rejects. */
  readonly done: Promise<void>;
}

export class Asker<R> implements Disposable {
  private inFlight: InFlight | undefined;
  /** Ends what the last moment left to be done later. */
  private later = new AbortController();
  private tally = { requests: 0, cancelled: 0, reused: 0, speculative: 0 };

  constructor(private readonly parts: AskerParts<R>) {}

  get counts(): AskerCounts {
    return { ...this.tally };
  }

  /** Whether an answer is computed that the user waits for. */
  get isAsking(): boolean {
    return this.inFlight !== undefined && this.inFlight.kind !== "speculative";
  }

  /** What to suggest; undefined where the question was given up. */
  async suggest(question: Question<R>, asking: Asking): Promise<Suggestion | undefined> {
    this.later.abort();
    this.later = new AbortController();
    const later = this.later.signal;
    const known = this.known(question.place, asking.explicit);
    const suggestion = known ?? (await this.find(question, asking, later));
    if (known !== undefined) {
      this.tally.reused++;
    }
    if (asking.signal.aborted) {
      return undefined;
    }
    const [best] = suggestion?.candidates ?? [];
    if (best !== undefined) {
      void this.prepareNext(question, best, later);
    }
    return suggestion;
  }

  dispose(): void {
    this.later.abort();
    this.cancel();
  }

  private async find(question: Question<R>, asking: Asking, later: AbortSignal): Promise<Suggestion | undefined> {
    try {
      return (await this.awaitTurn(question.place, asking)) ?? (await this.ask(question, asking));
    } finally {
      if (asking.signal.aborted) {
        void this.giveUp(later);
      }
    }
  }

  /** Waits until typing has paused, and for what is in flight where it may agree. Undefined: it is to be asked. */
  private async awaitTurn(place: Place, asking: Asking): Promise<Suggestion | undefined> {
    if (this.inFlight !== undefined && !mayServe(this.inFlight, place, asking.explicit)) {
      this.cancel();
    }
    const { inFlight } = this;
    const paused = asking.explicit ? Promise.resolve(true) : this.parts.wait(asking.debounceMs, asking.signal);
    await Promise.race([paused, ...(inFlight === undefined ? [] : [inFlight.done])]);
    const answered = inFlight === undefined ? undefined : this.known(place, asking.explicit);
    if (answered !== undefined) {
      return answered;
    }
    await paused;
    if (inFlight === undefined || inFlight !== this.inFlight || !this.isWorthWaiting(inFlight, place)) {
      return undefined;
    }
    await endOf(inFlight.done, asking.signal);
    return this.known(place, asking.explicit);
  }

  private async ask(question: Question<R>, { explicit, signal }: Asking): Promise<Suggestion | undefined> {
    if (signal.aborted) {
      return undefined;
    }
    await endOf(this.start(question, explicit ? "explicit" : "automatic").done, signal);
    return this.parts.cache.find(question.place);
  }

  private known(place: Place, explicit: boolean): Suggestion | undefined {
    const found = this.parts.cache.find(place);
    return explicit && (found?.explicit !== true || found.candidates.length === 0) ? undefined : found;
  }

  /** A request for the same place is; one that was overtaken by typing where it should be answered before a new one. */
  private isWorthWaiting({ place, startedMs }: InFlight, wanted: Place): boolean {
    const { latencyMs } = this.parts.pace;
    const elapsedMs = this.parts.now() - startedMs;
    const isSame = typedSince(place, wanted, 0) !== undefined;
    return isSame || (latencyMs !== undefined && elapsedMs > latencyMs / 2 && elapsedMs < latencyMs * 2);
  }

  /** The editor gave up: cancels what is in flight, unless it soon wants something that may agree with it. */
  private async giveUp(later: AbortSignal): Promise<void> {
    const { inFlight } = this;
    if ((await this.parts.wait(ABANDONED_AFTER_MS, later)) && inFlight === this.inFlight) {
      this.cancel();
    }
  }

  private async prepareNext({ place, request }: Question<R>, best: Candidate, signal: AbortSignal): Promise<void> {
    if (!(await this.parts.wait(IDLE_MS, signal)) || this.inFlight !== undefined) {
      return;
    }
    const next = { place: placeAfter(place, best), request: this.parts.speculate(request, best) };
    if (next.request !== undefined && this.parts.cache.find(next.place) === undefined) {
      this.start({ place: next.place, request: next.request }, "speculative");
    }
  }

  private start({ place, request }: Question<R>, kind: RequestKind): InFlight {
    this.cancel();
    const abort = new AbortController();
    const startedMs = this.parts.now();
    const inFlight: InFlight = {
      place,
      startedMs,
      abort,
      kind,
      done: this.parts.ask(request, abort.signal).then(
        (candidates) => {
          if (!abort.signal.aborted) {
            this.parts.pace.answered(this.parts.now() - startedMs);
            this.parts.cache.add(place, candidates, kind === "explicit");
          }
          this.ended(inFlight);
        },
        (error: unknown) => {
          if (!abort.signal.aborted) {
            this.parts.logError(error);
          }
          this.ended(inFlight);
        },
      ),
    };
    this.inFlight = inFlight;
    this.tally.requests++;
    this.tally.speculative += kind === "speculative" ? 1 : 0;
    this.parts.onActivity();
    return inFlight;
  }

  private ended(inFlight: InFlight): void {
    if (inFlight === this.inFlight) {
      this.inFlight = undefined;
      this.parts.onActivity();
    }
  }

  private cancel(): void {
    if (this.inFlight !== undefined) {
      this.tally.cancelled++;
      this.inFlight.abort.abort();
      this.inFlight = undefined;
      this.parts.onActivity();
    }
  }
}

/** Whether the answer in flight may still be of use; who asks by command wants more candidates than typing brings. */
function mayServe({ place, kind }: InFlight, wanted: Place, explicit: boolean): boolean {
  return (kind === "explicit" || !explicit) && typedSince(place, wanted, MAX_TYPED_IN_FLIGHT) !== undefined;
}

/** Resolves with the promise, which never rejects, or when aborted. */
async function endOf(done: Promise<void>, signal: AbortSignal): Promise<void> {
  try {
    await orAborted(done, signal);
  } catch {
    // aborted: whoever waits looks at the signal
  }
}

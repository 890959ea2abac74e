/** How many suggestions were shown and how many were taken, for each language; kept on this machine only. Pure. */
import { isRecord, numberOr } from "../../base/json";

export interface AcceptanceCounts {
  readonly shown: number;
  readonly accepted: number;
}

const NONE: AcceptanceCounts = { shown: 0, accepted: 0 };

export class Acceptance {
  private readonly counts: Map<string, AcceptanceCounts>;
  private lastShown = 0;
  private lastAccepted = 0;

  constructor(
    /** What `save` was given last, in an earlier session. */
    saved: unknown,
    private readonly save: (counts: Readonly<Record<string, AcceptanceCounts>>) => void,
  ) {
    this.counts = new Map(
      Object.entries(isRecord(saved) ? saved : {}).map(([languageId, counts]) => [languageId, parseCounts(counts)]),
    );
  }

  of(languageId: string): AcceptanceCounts {
    return this.counts.get(languageId) ?? NONE;
  }

  /** A suggestion is shown again with every character typed through it; only the first time counts. */
  shown(id: number, languageId: string): void {
    if (id > this.lastShown) {
      this.lastShown = id;
      const counts = this.of(languageId);
      this.keep(languageId, { ...counts, shown: counts.shown + 1 });
    }
  }

  /** Whole, a word or a line of it: a suggestion is taken once. */
  accepted(id: number, languageId: string): void {
    if (id > this.lastAccepted) {
      this.lastAccepted = id;
      const counts = this.of(languageId);
      this.keep(languageId, { ...counts, accepted: counts.accepted + 1 });
    }
  }

  private keep(languageId: string, counts: AcceptanceCounts): void {
    this.counts.set(languageId, counts);
    this.save(Object.fromEntries(this.counts));
  }
}

function parseCounts(value: unknown): AcceptanceCounts {
  const record = isRecord(value) ? value : {};
  const count = (key: string): number => numberOr(record[key], 0, 0, Number.MAX_SAFE_INTEGER);
  return { shown: count("shown"), accepted: count("accepted") };
}

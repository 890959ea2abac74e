/** Which licence texts the user has accepted, when, and for which model. What was accepted once is not asked again. */
import { isRecord } from "../../base/json";

export interface Acceptance {
  /** Of the texts that were shown. */
  readonly sha256: string;
  /** ISO 8601 */
  readonly acceptedAt: string;
  /** As `hf:owner/repo/file.gguf`, or the address. */
  readonly model: string;
}

/** The part of VS Code's Memento that is needed. */
export interface Store {
  get(key: string): unknown;
  update(key: string, value: unknown): Thenable<void>;
}

const KEY = "llama2.acceptedLicences";

export class LicenceRecord {
  constructor(
    private readonly store: Store,
    private readonly now: () => Date = () => new Date(),
  ) {}

  get acceptances(): readonly Acceptance[] {
    const stored = this.store.get(KEY);
    return Array.isArray(stored) ? stored.filter(isAcceptance) : [];
  }

  isAccepted(sha256: string): boolean {
    return this.acceptances.some((one) => one.sha256 === sha256);
  }

  async accept(sha256: string, model: string): Promise<void> {
    const acceptance: Acceptance = { sha256, acceptedAt: this.now().toISOString(), model };
    await this.store.update(KEY, [...this.acceptances, acceptance]);
  }
}

function isAcceptance(value: unknown): value is Acceptance {
  return (
    isRecord(value) &&
    typeof value["sha256"] === "string" &&
    typeof value["acceptedAt"] === "string" &&
    typeof value["model"] === "string"
  );
}

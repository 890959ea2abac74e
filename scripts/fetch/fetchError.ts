/** What fails when something `npm ci` does not bring cannot be had; tests that need it are then skipped with this text. */

export interface FetchFailure {
  /** What could not be had, as a noun: "TinyLlama 1.1B Chat". */
  readonly what: string;
  readonly why: string;
  /** What a person can do about it, as a sentence. */
  readonly remedy: string;
}

export class FetchError extends Error {
  override readonly name = "FetchError";

  constructor(
    readonly failure: FetchFailure,
    options?: ErrorOptions,
  ) {
    super(`${failure.what} could not be had: ${failure.why}. ${failure.remedy}`, options);
  }
}

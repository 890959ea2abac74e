/** What is said to people about an error, whatever was thrown. */
import type { Translate } from "../base/localize";
import { EngineError, engineErrorMessage } from "../protocol/engineErrors";

/** The message of an expected error, or the bare text of an unexpected one. */
export function errorText(error: unknown, translate: Translate): string {
  if (error instanceof EngineError) {
    return engineErrorMessage(error.data, translate);
  }
  return error instanceof Error ? error.message : String(error);
}

/** With the stack, for the log. */
export function errorDetail(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

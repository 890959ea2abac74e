/** What the parts of one request have in common: where the Hub is, how it is reached, and as whom. */
import type { Dispatcher } from "undici";
import type { Hasher } from "./hasher";
import type { HubPlaces } from "./places";
import type { RetryOptions } from "./retry";

export interface HubSession {
  readonly places: HubPlaces;
  readonly dispatcher: Dispatcher;
  readonly token: string | undefined;
  readonly retry: RetryOptions;
  readonly createHasher: () => Hasher;
}

/** What happens to a request when the inference process dies under it: it is asked once more of the next process. Pure. */

/** The process, or the connection to it, ended before it answered. */
export class ConnectionLost extends Error {
  constructor(options?: ErrorOptions) {
    super("the inference process ended before it answered", options);
    this.name = "ConnectionLost";
  }
}

/**
 * Asks; where the connection is lost, calls `onAgain` and asks once more. The second loss is thrown: a request that
 * kills the process twice would do it for ever.
 */
export async function askAgainOnce<T>(ask: () => Promise<T>, onAgain: () => void, signal: AbortSignal): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof ConnectionLost) || signal.aborted) {
      throw error;
    }
    onAgain();
    return ask();
  }
}

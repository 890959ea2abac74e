/** Turns the cancellation of LSP into the one used inside: a `CancellationToken` becomes an `AbortSignal` at the border. */
import type { CancellationToken } from "vscode-languageserver/node";

/** Runs work under a signal that is aborted when the client cancels the request. */
export async function withAbortSignal<T>(
  token: CancellationToken,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const cancel = (): void => {
    controller.abort(new DOMException("the client cancelled the request", "AbortError"));
  };
  const subscription = token.onCancellationRequested(cancel);
  if (token.isCancellationRequested) {
    cancel(); // it came before the request was handled; such a token tells nobody afterwards
  }
  try {
    return await work(controller.signal);
  } finally {
    subscription.dispose();
  }
}

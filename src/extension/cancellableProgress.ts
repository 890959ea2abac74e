/** Work that takes long enough to be shown and cancelled in a notification. */
import * as vscode from "vscode";

/** `percent` of the whole is added to what was reported before. */
export type ReportProgress = (message: string, percent: number) => void;

/** Aborts the signal when the user cancels. */
export async function withCancellableProgress<T>(
  title: string,
  work: (report: ReportProgress, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => {
      abort.abort(new DOMException("cancelled by the user", "AbortError"));
    });
    return work((message, increment) => {
      progress.report({ message, increment });
    }, abort.signal);
  });
}

/** Asks the client for `llama2/declarations`. */
import { CancellationTokenSource, type Connection } from "vscode-languageserver/node";
import {
  DeclarationsRequest,
  parseDeclarations,
  type Declaration,
  type DeclarationsParams,
} from "../protocol/declarations";

/** Cancels the request when the signal aborts; the client then answers what it has, or with an error. */
export async function askDeclarations(
  connection: Connection,
  params: DeclarationsParams,
  signal: AbortSignal,
): Promise<readonly Declaration[]> {
  const source = new CancellationTokenSource();
  const cancel = (): void => {
    source.cancel();
  };
  signal.addEventListener("abort", cancel, { once: true });
  try {
    return parseDeclarations(await connection.sendRequest(DeclarationsRequest.type, params, source.token));
  } finally {
    signal.removeEventListener("abort", cancel);
    source.dispose();
  }
}

/** How the hub process answers a request: under its cancellation, and with errors that can cross the border. */
import { ResponseError, type CancellationToken } from "vscode-languageserver/node";
import { ENGINE_ERROR, EngineError } from "../../../protocol/engineErrors";
import { withAbortSignal } from "../../cancellation";
import { expectedResponseError } from "../../responseError";

export async function answer<T>(token: CancellationToken, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  try {
    return await withAbortSignal(token, work);
  } catch (error) {
    throw expectedResponseError(error) ?? unexpected(error);
  }
}

function unexpected(error: unknown): ResponseError<unknown> {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${text}\n`); // which the server puts into the log
  const failure = new EngineError({ code: "downloadFailed", detail: error instanceof Error ? error.message : text });
  return new ResponseError(ENGINE_ERROR, failure.message, failure.data);
}

/** Failures on their way out of a process: expected ones as coded JSON-RPC errors, cancelled requests as LSP has them. */
import { ErrorCodes, LSPErrorCodes, ResponseError } from "vscode-languageserver/node";
import { DialogError } from "../prompt/dialog";
import { ENGINE_ERROR, EngineError } from "../protocol/engineErrors";

/** `undefined` for what nobody expected. */
export function expectedResponseError(error: unknown): ResponseError<unknown> | undefined {
  if (error instanceof ResponseError) {
    return error;
  }
  if (error instanceof EngineError) {
    return new ResponseError(ENGINE_ERROR, error.message, error.data);
  }
  if (error instanceof DialogError) {
    return new ResponseError(ErrorCodes.InvalidParams, error.message);
  }
  if (error instanceof DOMException && error.name === "AbortError") {
    return new ResponseError(LSPErrorCodes.RequestCancelled, error.message);
  }
  return undefined;
}

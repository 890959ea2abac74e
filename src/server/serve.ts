/** The table of contents of the inference process: every request it answers, and the file that answers it. */
import { ResponseError, type CancellationToken, type Connection } from "vscode-languageserver/node";
import {
  ChatRequest,
  CountTokensRequest,
  ExplainRequest,
  InspectModelRequest,
  LastPromptRequest,
  UnloadModelsRequest,
  type ChatChunk,
} from "../protocol/engine";
import { ModelOffersRequest } from "../protocol/modelOffers";
import { ENGINE_ERROR, EngineError } from "../protocol/engineErrors";
import { EvaluateCompletionRequest } from "../protocol/evaluation";
import { withAbortSignal } from "./cancellation";
import { chat } from "./chat";
import { complete } from "./complete";
import { countTokens } from "./countTokens";
import { evaluateCompletion } from "./evaluateCompletion";
import { explain } from "./explain";
import { serveInstalledModels, type AnswerWith } from "./models/serveInstalledModels";
import { inspectModel } from "./models/inspect";
import { modelOffers } from "./models/offers";
import { serveModels } from "./models/serveModels";
import { expectedResponseError } from "./responseError";
import type { ServerParts } from "./serverParts";

export function serve(connection: Connection, parts: ServerParts): void {
  const answerWith = answering(connection);
  const chunks = (token: string | number | undefined) => (chunk: ChatChunk) => {
    if (token !== undefined) {
      void connection.sendProgress(ChatRequest.type, token, chunk);
    }
  };

  connection.languages.inlineCompletion.on((params, token) =>
    answerWith(token, (signal) => complete(parts, params, signal)),
  );
  connection.onRequest(ChatRequest.type, (params, token) =>
    answerWith(token, (signal) => chat(parts, params, chunks(params.partialResultToken), signal)),
  );
  connection.onRequest(ExplainRequest.type, (params, token) =>
    answerWith(token, (signal) => explain(parts, params, chunks(params.partialResultToken), signal)),
  );
  connection.onRequest(CountTokensRequest.type, (params, token) =>
    answerWith(token, () => Promise.resolve(countTokens(parts, params))),
  );
  connection.onRequest(InspectModelRequest.type, ({ path }, token) => answerWith(token, () => inspectModel(path)));
  connection.onRequest(UnloadModelsRequest.type, (token) =>
    answerWith(token, async () => {
      await parts.models.unload();
      return null;
    }),
  );
  connection.onRequest(ModelOffersRequest.type, (_params, token) =>
    answerWith(token, async () => modelOffers(await parts.machine())),
  );
  connection.onRequest(EvaluateCompletionRequest.type, (params, token) =>
    answerWith(token, (signal) =>
      evaluateCompletion(
        parts,
        params,
        (progress) => {
          if (params.partialResultToken !== undefined) {
            void connection.sendProgress(EvaluateCompletionRequest.type, params.partialResultToken, progress);
          }
        },
        signal,
      ),
    ),
  );
  connection.onRequest(LastPromptRequest.type, () => parts.lastPrompt.show());
  serveModels(connection, parts.hub);
  serveInstalledModels(connection, parts, answerWith);
}

/** Runs a handler under the request's cancellation, and turns what it throws into an error the client can read. */
function answering(connection: Connection): AnswerWith {
  return async <T>(token: CancellationToken, handler: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    try {
      return await withAbortSignal(token, handler);
    } catch (error) {
      throw responseError(error, (message) => {
        connection.console.error(message);
      });
    }
  };
}

function responseError(error: unknown, log: (message: string) => void): ResponseError<unknown> {
  const expected = expectedResponseError(error);
  if (expected !== undefined) {
    return expected;
  }
  log(error instanceof Error ? (error.stack ?? error.message) : String(error));
  const failure = new EngineError({
    code: "generationFailed",
    detail: error instanceof Error ? error.message : String(error),
  });
  return new ResponseError(ENGINE_ERROR, failure.message, failure.data);
}

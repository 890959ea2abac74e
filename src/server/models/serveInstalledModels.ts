/** Answers the requests about the models on this machine. */
import type { CancellationToken, Connection } from "vscode-languageserver/node";
import {
  DeleteModelRequest,
  ListModelsRequest,
  ModelHeaderRequest,
  VerifyModelRequest,
} from "../../protocol/localModels";
import type { HubProcess } from "./hubProcess";
import type { InstalledModels } from "./installedModels";
import { streamed } from "./serveModels";

/** Runs a handler, and turns what it throws into an error that the client can read. */
export type AnswerWith = <T>(token: CancellationToken, handler: (signal: AbortSignal) => Promise<T>) => Promise<T>;

export function serveInstalledModels(
  connection: Connection,
  { hub, installed }: { readonly hub: HubProcess; readonly installed: InstalledModels },
  answerWith: AnswerWith,
): void {
  connection.onRequest(ListModelsRequest.type, ({ files }, token) =>
    answerWith(token, () => installed.list(files, token)),
  );
  connection.onRequest(VerifyModelRequest.type, (params, token) =>
    hub.request(
      VerifyModelRequest.type,
      params,
      token,
      streamed(params, (to, progress) => {
        void connection.sendProgress(VerifyModelRequest.type, to, progress);
      }),
    ),
  );
  connection.onRequest(DeleteModelRequest.type, ({ path }, token) =>
    answerWith(token, () => installed.delete(path, token)),
  );
  connection.onRequest(ModelHeaderRequest.type, (params, token) =>
    answerWith(token, () => installed.header(params, token)),
  );
}

/** What the hub process answers about the models on this machine, each with the file that does it. */
import type { ProtocolConnection } from "vscode-languageserver/node";
import { EngineError } from "../../../protocol/engineErrors";
import { DeleteModelRequest, VerifyModelRequest } from "../../../protocol/localModels";
import { answer } from "../hub/answer";
import type { Hasher } from "../hub/hasher";
import { FindModelsRequest, ReadHeadersRequest } from "../hub/hubMessages";
import { deleteModel } from "./deleteModel";
import { findModel, findModels, type SearchPlaces } from "./findModels";
import type { FoundModel } from "./foundModel";
import { readHeaders } from "./readHeaders";
import { verifyModel } from "./verifyModel";

export interface LocalParts {
  readonly places: () => SearchPlaces;
  readonly createHasher: () => Hasher;
  readonly log: (message: string) => void;
}

export function serveLocalModels(connection: ProtocolConnection, { places, createHasher, log }: LocalParts): void {
  const said = new Set<string>();
  /** Lists are asked for often; what was skipped the last time is no news. */
  const logOnce = (message: string): void => {
    if (!said.has(message)) {
      said.add(message);
      log(message);
    }
  };
  const findOne = async (path: string): Promise<FoundModel> => {
    const model = await findModel(places(), path);
    if (model.paths.length === 0) {
      throw new EngineError({ code: "modelNotFound", path });
    }
    return model;
  };
  connection.onRequest(FindModelsRequest.type, ({ files }, token) =>
    answer(token, () => findModels(places(), files, logOnce)),
  );
  connection.onRequest(ReadHeadersRequest.type, ({ models }, token) =>
    answer(token, (signal) => readHeaders(models, signal)),
  );
  connection.onRequest(VerifyModelRequest.type, ({ path, partialResultToken }, token) =>
    answer(token, async (signal) => {
      const model = await findOne(path);
      return verifyModel(
        model,
        createHasher,
        (progress) => {
          if (partialResultToken !== undefined) {
            void connection.sendProgress(VerifyModelRequest.type, partialResultToken, progress);
          }
        },
        signal,
      );
    }),
  );
  connection.onRequest(DeleteModelRequest.type, ({ path }, token) =>
    answer(token, async () => deleteModel(places().hub, await findOne(path))),
  );
}

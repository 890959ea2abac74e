/** Passes the requests about getting models to the hub process, which answers them. */
import type { CancellationToken, Connection, ProtocolRequestType } from "vscode-languageserver/node";
import {
  CheckAccessRequest,
  DiscardPartialRequest,
  DownloadModelRequest,
  HubFactsRequest,
  LicenceRequest,
  ListHubFilesRequest,
  LocateModelRequest,
  SearchHubRequest,
  UnfinishedDownloadsRequest,
  WhoAmIRequest,
} from "../../protocol/models";
import type { HubProcess } from "./hubProcess";

export function serveModels(connection: Connection, hub: HubProcess): void {
  const pass = <P, R>(type: ProtocolRequestType<P, R, never, void, void>): void => {
    connection.onRequest(type.method, (params: P, token: CancellationToken) => hub.request(type, params, token));
  };
  connection.onRequest(DownloadModelRequest.type, (params, token) => {
    const { partialResultToken } = params;
    if (partialResultToken === undefined) {
      return hub.request(DownloadModelRequest.type, params, token);
    }
    return hub.request(DownloadModelRequest.type, params, token, {
      token: partialResultToken,
      onProgress: (progress) => {
        void connection.sendProgress(DownloadModelRequest.type, partialResultToken, progress);
      },
    });
  });
  pass(LocateModelRequest.type);
  pass(UnfinishedDownloadsRequest.type);
  pass(DiscardPartialRequest.type);
  pass(HubFactsRequest.type);
  pass(WhoAmIRequest.type);
  pass(CheckAccessRequest.type);
  pass(SearchHubRequest.type);
  pass(ListHubFilesRequest.type);
  pass(LicenceRequest.type);
}

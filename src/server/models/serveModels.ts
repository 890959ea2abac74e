/** Passes the requests about getting models to the hub process, which answers them. */
import type {
  CancellationToken,
  Connection,
  PartialResultParams,
  ProtocolRequestType,
} from "vscode-languageserver/node";
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
import type { HubProcess, Streaming } from "./hubProcess";

export function serveModels(connection: Connection, hub: HubProcess): void {
  const pass = <P, R>(type: ProtocolRequestType<P, R, never, void, void>): void => {
    connection.onRequest(type.method, (params: P, token: CancellationToken) => hub.request(type, params, token));
  };
  connection.onRequest(DownloadModelRequest.type, (params, token) =>
    hub.request(
      DownloadModelRequest.type,
      params,
      token,
      streamed(params, (to, progress) => {
        void connection.sendProgress(DownloadModelRequest.type, to, progress);
      }),
    ),
  );
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

/** Passes progress on to who has asked for it. */
export function streamed<PR>(
  { partialResultToken: token }: PartialResultParams,
  send: (token: string | number, progress: PR) => void,
): Streaming<PR> | undefined {
  return token === undefined
    ? undefined
    : {
        token,
        onProgress: (progress) => {
          send(token, progress);
        },
      };
}

/** The table of contents of the hub process: what it answers, each with the file that does it. */
import { ResponseError, type CancellationToken, type ProtocolConnection } from "vscode-languageserver/node";
import { ENGINE_ERROR, EngineError } from "../../../protocol/engineErrors";
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
  type HubAccess,
  type HubFacts,
} from "../../../protocol/models";
import { withAbortSignal } from "../../cancellation";
import { expectedResponseError } from "../../responseError";
import { Dispatchers } from "./dispatcher";
import { discardPartial, download, locate } from "./download";
import type { Hasher } from "./hasher";
import { currentUser, ggufFiles, requireAccess, searchRepos } from "./hubApi";
import { HubSettingsNotification } from "./hubSettings";
import { licenceOf } from "./licence";
import { unfinished } from "./notes";
import { foundToken, hubPlaces, type Environment, type HubPlaces, type HubSettings } from "./places";
import { DownloadQueue } from "./queue";
import type { RetryOptions } from "./retry";
import type { HubSession } from "./session";

export class HubService {
  private settings: HubSettings = { endpoint: "", cacheFolder: "" };
  private readonly queue = new DownloadQueue();
  private readonly dispatchers: Dispatchers;

  constructor(
    private readonly env: Environment,
    private readonly retry: RetryOptions,
    private readonly createHasher: () => Hasher,
  ) {
    this.dispatchers = new Dispatchers(env);
  }

  listen(connection: ProtocolConnection): void {
    connection.onNotification(HubSettingsNotification.type, (settings) => {
      this.settings = settings;
    });
    connection.onRequest(DownloadModelRequest.type, ({ source, access, partialResultToken }, token) =>
      answer(token, async (signal) => {
        const session = await this.session(access);
        const onProgress = (progress: Parameters<Parameters<typeof download>[2]>[0]): void => {
          if (partialResultToken !== undefined) {
            void connection.sendProgress(DownloadModelRequest.type, partialResultToken, progress);
          }
        };
        const wait = (): void => {
          onProgress({ phase: "queued", bytes: 0 });
        };
        return this.queue.run(() => download(session, source, onProgress, signal), wait, signal);
      }),
    );
    this.answerAboutFiles(connection);
    this.answerAboutHub(connection);
    connection.listen();
  }

  private answerAboutFiles(connection: ProtocolConnection): void {
    connection.onRequest(LocateModelRequest.type, ({ source }, token) =>
      answer(token, () => locate(this.places(), source)),
    );
    connection.onRequest(UnfinishedDownloadsRequest.type, (_params, token) =>
      answer(token, () => unfinished(this.places())),
    );
    connection.onRequest(DiscardPartialRequest.type, ({ source }, token) =>
      answer(token, () => discardPartial(this.places(), source)),
    );
    connection.onRequest(HubFactsRequest.type, (_params, token) => answer(token, () => this.facts()));
  }

  private answerAboutHub(connection: ProtocolConnection): void {
    connection.onRequest(WhoAmIRequest.type, ({ access }, token) =>
      answer(token, async (signal) => currentUser(await this.session(access), signal)),
    );
    connection.onRequest(CheckAccessRequest.type, ({ access, repo }, token) =>
      answer(token, async (signal) => {
        await requireAccess(await this.session(access), repo, signal);
        return {};
      }),
    );
    connection.onRequest(SearchHubRequest.type, ({ access, query, limit }, token) =>
      answer(token, async (signal) => searchRepos(await this.session(access), query, limit, signal)),
    );
    connection.onRequest(ListHubFilesRequest.type, ({ access, repo, revision }, token) =>
      answer(token, async (signal) => ggufFiles(await this.session(access), repo, revision, signal)),
    );
    connection.onRequest(LicenceRequest.type, ({ access, repo, revision }, token) =>
      answer(token, async (signal) => licenceOf(await this.session(access), repo, revision, signal)),
    );
  }

  private places(): HubPlaces {
    return hubPlaces(this.env, this.settings);
  }

  private async session({ token, proxy }: HubAccess = {}): Promise<HubSession> {
    return {
      places: this.places(),
      dispatcher: this.dispatchers.of(proxy),
      token: token ?? (await foundToken(this.env))?.token,
      retry: this.retry,
      createHasher: this.createHasher,
    };
  }

  private async facts(): Promise<HubFacts> {
    const { endpoint, cacheFolder, offline } = this.places();
    const token = await foundToken(this.env);
    return { endpoint, cacheFolder, offline, ...(token === undefined ? {} : { tokenFound: token.origin }) };
  }
}

/** Under the request's cancellation; what is thrown becomes an error that can cross the border. */
async function answer<T>(token: CancellationToken, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
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

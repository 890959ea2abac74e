/** The table of contents of the hub process: what it answers, each with the file that does it. */
import type { ProtocolConnection } from "vscode-languageserver/node";
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
import { thisSystem } from "../local/localPlaces";
import { serveLocalModels } from "../local/serveLocalModels";
import { answer } from "./answer";
import { Dispatchers } from "./dispatcher";
import { discardPartial, download, locate } from "./download";
import type { Hasher } from "./hasher";
import { currentUser, ggufFiles, requireAccess, searchRepos } from "./hubApi";
import { fullHeader } from "./fullHeader";
import { FullHeaderRequest, HubSettingsNotification } from "./hubMessages";
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
    serveLocalModels(connection, {
      places: () => ({ hub: this.places(), system: thisSystem(this.env) }),
      createHasher: this.createHasher,
      log: (message) => {
        process.stderr.write(`${message}\n`); // which the server puts into the log
      },
    });
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
    connection.onRequest(FullHeaderRequest.type, ({ access, source }, token) =>
      answer(token, async (signal) => fullHeader(await this.session(access), source, signal)),
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

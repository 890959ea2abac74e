/** The Hugging Face Hub as the features see it: every request goes with the user's token and VS Code's proxy. */
import { ModelOffersRequest, type ModelOffers } from "../../protocol/modelOffers";
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
  type DownloadProgress,
  type DownloadResult,
  type HubAccess,
  type HubFacts,
  type HubFile,
  type HubRepo,
  type HubSource,
  type HubUser,
  type Licence,
  type LocalModel,
  type ModelSource,
  type UnfinishedDownload,
} from "../../protocol/models";
import type { Engine } from "../engineApi";

/** All reject with an `EngineError` whose code is one of hubErrors.ts, or with an `AbortError`. */
export class Hub {
  constructor(
    private readonly engine: Pick<Engine, "request">,
    private readonly access: () => Promise<HubAccess>,
  ) {}

  /** Downloads, or gives what is there. Aborting keeps what has come. */
  async download(
    source: ModelSource,
    onProgress: (progress: DownloadProgress) => void,
    signal: AbortSignal,
  ): Promise<DownloadResult> {
    return this.engine.request(DownloadModelRequest.type, { source, access: await this.access() }, signal, onProgress);
  }

  /** What is there of a model. No network. */
  locate(source: ModelSource, signal: AbortSignal): Promise<LocalModel> {
    return this.engine.request(LocateModelRequest.type, { source }, signal);
  }

  /** Downloads that can be gone on with. No network. */
  unfinished(signal: AbortSignal): Promise<readonly UnfinishedDownload[]> {
    return this.engine.request(UnfinishedDownloadsRequest.type, {}, signal);
  }

  /** Deletes what an unfinished download has left; gives the bytes that are free again. */
  async discardPartial(source: ModelSource, signal: AbortSignal): Promise<number> {
    return (await this.engine.request(DiscardPartialRequest.type, { source }, signal)).freedBytes;
  }

  /** Which hub it is, and what this machine knows of it. No network. */
  facts(signal: AbortSignal): Promise<HubFacts> {
    return this.engine.request(HubFactsRequest.type, {}, signal);
  }

  /** Whose token it is; of the user's own where none is given. */
  async whoAmI(token: string | undefined, signal: AbortSignal): Promise<HubUser> {
    const access = await this.access();
    return this.engine.request(
      WhoAmIRequest.type,
      { access: token === undefined ? access : { ...access, token } },
      signal,
    );
  }

  /** Resolves where the repository's files can be read. */
  async checkAccess(repo: string, signal: AbortSignal): Promise<void> {
    await this.engine.request(CheckAccessRequest.type, { repo, access: await this.access() }, signal);
  }

  async search(query: string, signal: AbortSignal): Promise<readonly HubRepo[]> {
    return this.engine.request(SearchHubRequest.type, { query, access: await this.access() }, signal);
  }

  async files(repo: string, revision: string | undefined, signal: AbortSignal): Promise<readonly HubFile[]> {
    const where = { repo, ...(revision === undefined ? {} : { revision }) };
    return this.engine.request(ListHubFilesRequest.type, { ...where, access: await this.access() }, signal);
  }

  /** What the catalogue has for this machine. No network. */
  offers(signal: AbortSignal): Promise<ModelOffers> {
    return this.engine.request(ModelOffersRequest.type, {}, signal);
  }

  /** What ships beside a model; it is then on the disk, where the model will be. */
  async licence({ repo, revision }: HubSource, signal: AbortSignal): Promise<Licence> {
    const where = { repo, ...(revision === undefined ? {} : { revision }) };
    return this.engine.request(LicenceRequest.type, { ...where, access: await this.access() }, signal);
  }
}

/**
 * The messages about getting models: what is downloaded, how far it is, who the user is at the Hugging Face Hub, and the
 * licence that ships beside a model. docs/protocol.md explains them; failures are those of hubErrors.ts.
 */
import { ProtocolRequestType, type PartialResultParams } from "vscode-languageserver-protocol";

/**
 * Where a model comes from. `sha256` (64 lower-case hex digits) pins the content: where the hub has something else now the
 * download fails with `hubChanged` instead of taking it. Of a split model (`…-00001-of-00003.gguf`) any part stands for all;
 * the pinned sum and size are those of the part that is named.
 */
export type ModelSource = HubSource | UrlSource;

export interface HubSource {
  readonly kind: "hub";
  /** `owner/name` */
  readonly repo: string;
  /** Path in the repository, with forward slashes. */
  readonly file: string;
  /** Branch, tag or commit; `main` where absent. */
  readonly revision?: string;
  readonly sha256?: string;
}

export interface UrlSource {
  readonly kind: "url";
  /** http or https. The user's token is never sent there. */
  readonly url: string;
  readonly sha256?: string;
}

/**
 * How the client reaches the network. What is absent is taken from the environment of the process (`HF_TOKEN`, `HF_TOKEN_PATH`
 * or the Hub's token file, `HTTPS_PROXY`, `NO_PROXY`…). Never logged: clients that trace messages mask the token.
 */
export interface HubAccess {
  readonly token?: string;
  readonly proxy?: ProxySettings;
}

/** VS Code's `http.proxy`, `http.noProxy` and `http.proxyStrictSSL`. */
export interface ProxySettings {
  /** `http://[user:password@]host:port`; "" for none, whatever the environment says. */
  readonly url?: string;
  readonly noProxy?: readonly string[];
  readonly strictTls?: boolean;
}

// ------------------------------------------------------------------------------------------------------ download

export interface DownloadParams extends PartialResultParams {
  readonly source: ModelSource;
  readonly access?: HubAccess;
}

/**
 * `queued`: another download of this window goes first. `checking`: the server is asked, or what is there is read again.
 * `downloading`. `verifying`: all is there, the last steps are done. `shared`: another window downloads the same file, and
 * its progress is shown.
 */
export type DownloadPhase = "queued" | "checking" | "downloading" | "verifying" | "shared";

/** Partial result of a download, at most some times a second, and once for each change of phase. */
export interface DownloadProgress {
  readonly phase: DownloadPhase;
  /** Of all parts together, those of earlier attempts included. */
  readonly bytes: number;
  /** Of all parts together; absent until the server has said it. */
  readonly totalBytes?: number;
  /** Over the last seconds; absent until it is known. */
  readonly bytesPerSecond?: number;
  readonly secondsLeft?: number;
}

/** A model that is on the disk, whole and verified. */
export interface DownloadedModel {
  /** Absolute path to load: of a split model the first part. */
  readonly path: string;
  /** All parts in order; one for most models. */
  readonly paths: readonly string[];
  readonly bytes: number;
  /** Of the file that was asked for; absent where its server tells no sum and the file was there before. */
  readonly sha256?: string;
  /** The commit it belongs to; absent for plain URLs. */
  readonly commit?: string;
}

export interface DownloadResult extends DownloadedModel {
  /** False where everything was there before. */
  readonly downloaded: boolean;
}

/**
 * Downloads a model, or gives what is there. Streams `DownloadProgress` to `partialResultToken`. Downloads of one client
 * wait for each other. `$/cancelRequest` ends it, also while it is queued, and keeps what has come; the next download goes on
 * from there. Fails with the codes of hubErrors.ts, `notGguf`, or `RequestCancelled`.
 */
export const DownloadModelRequest = {
  method: "llama2/models/download",
  type: new ProtocolRequestType<DownloadParams, DownloadResult, DownloadProgress, void, void>("llama2/models/download"),
} as const;

export interface SourceParams {
  readonly source: ModelSource;
}

/** What the disk has of a model. `partial` with `bytes` so far; `totalBytes` where an earlier attempt learned it. */
export type LocalModel =
  | { readonly kind: "absent" }
  | { readonly kind: "partial"; readonly bytes: number; readonly totalBytes?: number }
  | { readonly kind: "present"; readonly model: DownloadedModel };

/** Looks whether a model is on the disk, in the cache that is shared with other Hub programs. Never uses the network. */
export const LocateModelRequest = {
  method: "llama2/models/locate",
  type: new ProtocolRequestType<SourceParams, LocalModel, never, void, void>("llama2/models/locate"),
} as const;

/** A download that has begun and has not ended, in this window or before it was closed. */
export interface UnfinishedDownload {
  readonly source: ModelSource;
  readonly bytes: number;
  readonly totalBytes: number;
  /** Whether a living process works on it now; else it was cancelled, or its process died. */
  readonly running: boolean;
}

/** All downloads that can be gone on with. Never uses the network. */
export const UnfinishedDownloadsRequest = {
  method: "llama2/models/unfinished",
  type: new ProtocolRequestType<Record<string, never>, readonly UnfinishedDownload[], never, void, void>(
    "llama2/models/unfinished",
  ),
} as const;

/** Deletes what an unfinished download has left. Fails with `downloadLocked` where it is running. */
export const DiscardPartialRequest = {
  method: "llama2/models/discardPartial",
  type: new ProtocolRequestType<SourceParams, { readonly freedBytes: number }, never, void, void>(
    "llama2/models/discardPartial",
  ),
} as const;

// ------------------------------------------------------------------------------------------------------- account

export interface AccessParams {
  readonly access?: HubAccess;
}

/** Where a token was found that the user did not type in here: the environment, or the file of the Hub's other programs. */
export type TokenOrigin = "environment" | "file";

/** The hub in use, and tokens that this machine has already. Tokens themselves are not told. Never uses the network. */
export interface HubFacts {
  /** e.g. `https://huggingface.co`, or the mirror of `HF_ENDPOINT` or of the settings; without a slash at its end. */
  readonly endpoint: string;
  /** Folder of the cache that is shared with other Hub programs. */
  readonly cacheFolder: string;
  /** `HF_HUB_OFFLINE` */
  readonly offline: boolean;
  readonly tokenFound?: TokenOrigin;
}

export const HubFactsRequest = {
  method: "llama2/models/hub",
  type: new ProtocolRequestType<Record<string, never>, HubFacts, never, void, void>("llama2/models/hub"),
} as const;

export interface HubUser {
  readonly name: string;
  readonly fullName?: string;
}

/** Whose token it is: that of `access`, else the one found on this machine. Fails with `notLoggedIn`, `badToken`, `network`… */
export const WhoAmIRequest = {
  method: "llama2/models/whoAmI",
  type: new ProtocolRequestType<AccessParams, HubUser, never, void, void>("llama2/models/whoAmI"),
} as const;

export interface CheckAccessParams extends AccessParams {
  readonly repo: string;
}

/** Answers `{}` where the repository can be read; fails with `notLoggedIn`, `accessNotGranted`, `badToken`, `repoNotFound`… */
export const CheckAccessRequest = {
  method: "llama2/models/checkAccess",
  type: new ProtocolRequestType<CheckAccessParams, Record<string, never>, never, void, void>(
    "llama2/models/checkAccess",
  ),
} as const;

// -------------------------------------------------------------------------------------------------------- search

export interface SearchHubParams extends AccessParams {
  /** Words of a repository's name; "" gives the most downloaded ones. */
  readonly query: string;
  /** At most this many repositories; 20 where absent. */
  readonly limit?: number;
}

export interface HubRepo {
  /** `owner/name` */
  readonly repo: string;
  readonly downloads: number;
  readonly likes: number;
  /** Whether its authors have to grant access first. */
  readonly gated: boolean;
}

/** Repositories with GGUF files whose name fits the query, most downloaded first. */
export const SearchHubRequest = {
  method: "llama2/models/searchHub",
  type: new ProtocolRequestType<SearchHubParams, readonly HubRepo[], never, void, void>("llama2/models/searchHub"),
} as const;

export interface ListHubFilesParams extends AccessParams {
  readonly repo: string;
  readonly revision?: string;
}

export interface HubFile {
  readonly file: string;
  readonly bytes: number;
  /** Absent for small files that the hub does not keep as large files. */
  readonly sha256?: string;
}

/** The GGUF files of a repository, in the order of their names. */
export const ListHubFilesRequest = {
  method: "llama2/models/listHubFiles",
  type: new ProtocolRequestType<ListHubFilesParams, readonly HubFile[], never, void, void>(
    "llama2/models/listHubFiles",
  ),
} as const;

// ------------------------------------------------------------------------------------------------------- licence

export interface LicenceParams extends AccessParams {
  readonly repo: string;
  readonly revision?: string;
}

export interface LicenceText {
  /** Name in the repository, e.g. `LICENSE.txt`. */
  readonly file: string;
  /** Where it was saved, beside the model. */
  readonly path: string;
  readonly text: string;
}

/** What ships beside a model. `texts` is empty where the repository has none. */
export interface Licence {
  /** As the model card says, e.g. `llama2`, `apache-2.0`; absent where it says nothing or nobody can be asked. */
  readonly id?: string;
  readonly texts: readonly LicenceText[];
  /** Of all texts in their order: what an acceptance is recorded for. Absent where there is none. */
  readonly sha256?: string;
}

/**
 * Fetches licence, notice and use policy of a repository and saves them where the model will be; offline, gives those that
 * are there.
 */
export const LicenceRequest = {
  method: "llama2/models/licence",
  type: new ProtocolRequestType<LicenceParams, Licence, never, void, void>("llama2/models/licence"),
} as const;

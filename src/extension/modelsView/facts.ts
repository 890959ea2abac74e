/** Everything that the models view shows, as it was last asked for. The tree is a function of it. */
import type { Translate } from "../../base/localize";
import type { ModelHeader, InstalledModel, Verification } from "../../protocol/localModels";
import type { ModelOffers } from "../../protocol/modelOffers";
import type { ModelRole } from "../../protocol/engine";
import type { DownloadProgress, ModelSource, UnfinishedDownload } from "../../protocol/models";
import type { ConnectionState } from "../engineApi";
import type { CustomModel } from "./customModels";

/** What the header of a file at its server says, asked for when the user wants to see it. */
export type RemoteHeader =
  { readonly kind: "known"; readonly header: ModelHeader } | { readonly kind: "failed"; readonly reason: string };

/** A download of this window. */
export interface ShownDownload {
  readonly source: ModelSource;
  readonly title: string;
  readonly progress: DownloadProgress;
}

export interface ModelsFacts {
  readonly installed: readonly InstalledModel[];
  /** Why they could not be listed. */
  readonly listProblem?: string;
  readonly offers: ModelOffers | undefined;
  readonly unfinished: readonly UnfinishedDownload[];
  readonly running: readonly ShownDownload[];
  readonly engine: ConnectionState;
  /** The files of the settings, "" for none. */
  readonly used: Readonly<Record<ModelRole, string>>;
  readonly custom: readonly CustomModel[];
  /** By the entry of the setting. */
  readonly headers: ReadonlyMap<string, RemoteHeader>;
  /** What was verified in this window, by path. */
  readonly verified: ReadonlyMap<string, Verification>;
  /** Folder of the user, which is written as "~"; "" where paths are written in full. */
  readonly home: string;
  readonly translate: Translate;
}

/**
 * The messages about model files that are on this machine: those that were downloaded here, and those of other programs.
 * docs/protocol.md explains them. None of them uses the network but the header of a remote file.
 */
import { ProtocolRequestType, type PartialResultParams } from "vscode-languageserver-protocol";
import type { ModelDescription } from "./engine";
import type { EngineErrorData } from "./engineErrors";
import type { ModelFit } from "./modelOffers";
import type { HubAccess, ModelSource } from "./models";

/**
 * Whose folder a file lies in. `hub`: the cache that all programs of the Hugging Face Hub share. `download`: the folder of
 * downloads from other addresses, which is ours alone. `file`: none of them; the client has named it.
 */
export type ModelOrigin = "hub" | "download" | "lmStudio" | "ollama" | "llamaCpp" | "file";

/** A model that is on the disk, whole or not. */
export interface InstalledModel {
  /** Absolute path to load: of a split model the first part. Its identity in the other messages. */
  readonly path: string;
  /** All parts in order; one for most models. */
  readonly paths: readonly string[];
  /** What its program calls it: `codellama:7b` of Ollama, `owner/name` of LM Studio, else the file's name without `.gguf` and part number. */
  readonly name: string;
  readonly bytes: number;
  readonly origin: ModelOrigin;
  /** Where it came from, as far as its folder tells. */
  readonly source?: ModelSource;
  /** What its content should have, as far as its folder tells. */
  readonly sha256?: string;
  /** From its header; absent where `problem` says why it cannot be used. */
  readonly description?: ModelDescription;
  readonly problem?: EngineErrorData;
  /** Absent where its header does not tell what memory is computed from. */
  readonly fit?: ModelFit;
}

export interface ListModelsParams {
  /** Files to list besides those that are found, such as those of the user's settings. Absolute paths. */
  readonly files: readonly string[];
}

/**
 * Every model that is found on this machine, each file once, whoever has it: in the order of the origins, and of names in
 * each. Draft, vision and embedding files of other programs are left out. A folder that cannot be read is logged and left out.
 */
export const ListModelsRequest = {
  method: "llama2/models/list",
  type: new ProtocolRequestType<ListModelsParams, readonly InstalledModel[], never, void, void>("llama2/models/list"),
} as const;

export interface InstalledModelParams {
  readonly path: string;
}

/** Partial result of a verification, some times a second. */
export interface VerifyProgress {
  readonly bytes: number;
  readonly totalBytes: number;
}

/** `unknown`: it was read to its end, and nobody has told what its sum should be. Sums of a split model: the first part that differs. */
export type Verification =
  | { readonly kind: "intact"; readonly sha256: string }
  | { readonly kind: "damaged"; readonly expected: string; readonly actual: string }
  | { readonly kind: "unknown"; readonly sha256: string };

/**
 * Reads a model from the disk and compares its SHA-256 with that of its folder, of the catalogue or of the note beside it.
 * Streams `VerifyProgress`; can be cancelled. Fails with `modelNotFound`, `modelNotReadable`.
 */
export const VerifyModelRequest = {
  method: "llama2/models/verify",
  type: new ProtocolRequestType<InstalledModelParams & PartialResultParams, Verification, VerifyProgress, void, void>(
    "llama2/models/verify",
  ),
} as const;

/**
 * Deletes a model that lies in the shared cache or among our downloads, with its note and the folders that are empty then;
 * it leaves memory first. Content that another revision of the repository links to stays, and counts as not freed. Fails
 * with `notOurModel` for files of other programs and for those the client has named, `modelNotFound`, `downloadLocked` where
 * another part of it is being downloaded, `cacheNotWritable`.
 */
export const DeleteModelRequest = {
  method: "llama2/models/delete",
  type: new ProtocolRequestType<InstalledModelParams, { readonly freedBytes: number }, never, void, void>(
    "llama2/models/delete",
  ),
} as const;

export interface ModelHeaderParams {
  readonly source: ModelSource | { readonly kind: "file"; readonly path: string };
  readonly access?: HubAccess;
}

/** What the header of a GGUF file says. */
export interface ModelHeader {
  readonly description: ModelDescription;
  /** How it would run here; absent where the header does not tell what memory is computed from. */
  readonly fit?: ModelFit;
  readonly tensors: number;
  /** Weights in all. */
  readonly parameters: number;
  /** Every key of the header. Of a long list the first elements and how many there are, as text. */
  readonly metadata: Readonly<Record<string, string | number | boolean>>;
}

/**
 * Reads the header of a file, here or at its server: of a remote file by ranges, a few MB at most and nothing is kept. Fails
 * with the reasons of `llama2/inspectModel` and of downloads.
 */
export const ModelHeaderRequest = {
  method: "llama2/models/header",
  type: new ProtocolRequestType<ModelHeaderParams, ModelHeader, never, void, void>("llama2/models/header"),
} as const;

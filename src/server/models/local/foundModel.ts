/** What the search for models finds: files by their places and names, before any of them is opened. */
import type { ModelOrigin } from "../../../protocol/localModels";
import type { ModelSource } from "../../../protocol/models";

/** One file, or one part of a split model. */
export interface FoundFile {
  readonly path: string;
  readonly origin: ModelOrigin;
  /** What its program calls it; the file's name where absent. */
  readonly name?: string;
  readonly source?: ModelSource;
}

export interface FoundModel {
  /** Of the first part, which may be missing. */
  readonly path: string;
  /** The parts that are there, in order. */
  readonly paths: readonly string[];
  readonly missing: readonly string[];
  readonly name: string;
  readonly bytes: number;
  readonly origin: ModelOrigin;
  readonly source?: ModelSource;
  /** What the first part should have. */
  readonly sha256?: string;
  /** Another one whenever a part has changed. */
  readonly stamp: string;
}

/** Tells what was skipped. */
export type Log = (message: string) => void;

/** What the catalogue says of a model before a byte of it is downloaded. */
import type { PromptFormat } from "../../../protocol/engine";
import type { ModelShape } from "../fit/memory";

export interface CatalogueModel {
  /** Stable, and the start of its files' names. */
  readonly id: string;
  /** For people. */
  readonly name: string;
  readonly parameters: number;
  /** Tokens it was trained with. */
  readonly trainedContext: number;
  readonly shape: Omit<ModelShape, "weightBytes">;
  /** Whether it was trained to hold conversations. */
  readonly chat: boolean;
  /** Whether it fills in between a prefix and a suffix. Code Llama 7B and 13B do, 34B and Llama 2 do not (arXiv 2308.12950). */
  readonly infill: boolean;
  /** Whether it was trained on code more than on anything else. */
  readonly code: boolean;
  readonly promptFormat: PromptFormat;
  readonly licence: Licence;
  /** On the Hugging Face Hub. */
  readonly repository: string;
  /** A commit, or the branch whose files the checksums belong to. */
  readonly revision: string;
  /** Smallest first. */
  readonly files: readonly CatalogueFile[];
}

export type Licence = "llama2" | "apache-2.0";

export interface CatalogueFile {
  readonly name: string;
  readonly quantization: string;
  /** Exact, or within a few hundred bytes: the hub tells the size before a download. */
  readonly bytes: number;
  /** Of the whole file; the hub's LFS object id. Absent where it is not known: then the one that the hub tells counts. */
  readonly sha256?: string;
}

/**
 * The models the assistant knows by name: where they are, how large, with which checksum, what they can do, and the shape
 * that their memory is computed from.
 */
import type { CatalogueFile, CatalogueModel } from "./catalogueModel";
import { CODE_LLAMA } from "./codeLlama";
import { LLAMA_2 } from "./llama2";
import { TINY_LLAMA } from "./tinyLlama";

export const CATALOGUE: readonly CatalogueModel[] = [...CODE_LLAMA, ...LLAMA_2, ...TINY_LLAMA];

/** The model that a file of some repository belongs to. */
export function findInCatalogue(
  repository: string,
  fileName: string,
): { readonly model: CatalogueModel; readonly file: CatalogueFile } | undefined {
  const model = CATALOGUE.find((candidate) => candidate.repository === repository);
  const file = model?.files.find(({ name }) => name === fileName);
  return model === undefined || file === undefined ? undefined : { model, file };
}

/** Whether some file of the catalogue has this content, whatever it is called here. */
export function isInCatalogue(sha256: string): boolean {
  return CATALOGUE.some(({ files }) => files.some((file) => file.sha256 === sha256));
}

/** The models of `llama2.models.custom`: what each entry of the setting stands for. Pure. */
import { isAbsolute } from "node:path";
import { EngineError } from "../../protocol/engineErrors";
import { formatModelSpec, parseModelSpec } from "../../protocol/modelSpec";
import type { ModelSource } from "../../protocol/models";

export type CustomModel =
  | { readonly kind: "remote"; readonly entry: string; readonly source: ModelSource }
  | { readonly kind: "file"; readonly entry: string; readonly path: string }
  /** It is neither an address nor an absolute path. */
  | { readonly kind: "wrong"; readonly entry: string };

/** Each entry once, in the order of the setting. */
export function customModels(entries: readonly string[]): readonly CustomModel[] {
  const known = new Set<string>();
  return entries.map(customModel).filter((model) => {
    const isNew = !known.has(identity(model));
    known.add(identity(model));
    return isNew && model.entry.trim() !== "";
  });
}

function customModel(entry: string): CustomModel {
  const text = entry.trim();
  if (isAbsolute(text)) {
    return { kind: "file", entry, path: text };
  }
  try {
    return { kind: "remote", entry, source: parseModelSpec(text) };
  } catch (error) {
    if (error instanceof EngineError) {
      return { kind: "wrong", entry };
    }
    throw error;
  }
}

/** Two ways to write the same model are one entry. */
function identity(model: CustomModel): string {
  switch (model.kind) {
    case "remote":
      return formatModelSpec(model.source);
    case "file":
      return model.path;
    case "wrong":
      return model.entry;
  }
}

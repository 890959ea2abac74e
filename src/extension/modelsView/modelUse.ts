/** What a model is used for now, and whether it is in memory. Pure. */
import type { LoadedModel, ModelRole, ModelState } from "../../protocol/engine";
import type { EngineErrorData } from "../../protocol/engineErrors";
import { modelState, type ConnectionState } from "../engineApi";

export type InMemory =
  | { readonly kind: "no" }
  /** 0 to 1 */
  | { readonly kind: "loading"; readonly fraction: number }
  | { readonly kind: "loaded"; readonly model: LoadedModel }
  /** The next request loads it again. */
  | { readonly kind: "unloaded" }
  | { readonly kind: "failed"; readonly error: EngineErrorData };

export interface ModelUse {
  /** By the settings. */
  readonly roles: readonly ModelRole[];
  readonly memory: InMemory;
}

const ROLES: readonly ModelRole[] = ["chat", "completion"];

/** `paths` are all files of the model. A model that is being replaced is in memory and has no role any more. */
export function modelUse(
  paths: readonly string[],
  used: Readonly<Record<ModelRole, string>>,
  engine: ConnectionState,
): ModelUse {
  const roles = ROLES.filter((role) => paths.includes(used[role]));
  const memories = ROLES.map((role) => inMemory(paths, modelState(engine, role, used[role])));
  const memory = ORDER.flatMap((kind) => memories.filter((one) => one.kind === kind)).at(0);
  return { roles, memory: memory ?? { kind: "no" } };
}

/** What counts where the roles differ: one failing to load beside a model that answers is told by the one that answers. */
const ORDER: readonly InMemory["kind"][] = ["loaded", "loading", "unloaded", "failed", "no"];

function inMemory(paths: readonly string[], state: ModelState): InMemory {
  switch (state.kind) {
    case "stopped":
      return { kind: "no" };
    case "loading":
      if (state.serving !== undefined && paths.includes(state.serving.path)) {
        return { kind: "loaded", model: state.serving };
      }
      return paths.includes(state.path) ? { kind: "loading", fraction: state.fraction } : { kind: "no" };
    case "ready":
      return paths.includes(state.model.path) ? { kind: "loaded", model: state.model } : { kind: "no" };
    case "unloaded":
      return paths.includes(state.path) ? { kind: "unloaded" } : { kind: "no" };
    case "failed":
      return paths.includes(state.path) ? { kind: "failed", error: state.error } : { kind: "no" };
  }
}

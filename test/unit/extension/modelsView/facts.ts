/** Models, offers and states to build trees of. */
import { inEnglish } from "../../../../src/base/localize";
import { customModels } from "../../../../src/extension/modelsView/customModels";
import type { ModelsFacts } from "../../../../src/extension/modelsView/facts";
import { contextValue, type ModelNode } from "../../../../src/extension/modelsView/modelNode";
import { modelsTree, nodesById } from "../../../../src/extension/modelsView/modelsTree";
import type { EngineState, LoadedModel, ModelDescription } from "../../../../src/protocol/engine";
import type { InstalledModel } from "../../../../src/protocol/localModels";
import type { ModelFit, ModelOffer } from "../../../../src/protocol/modelOffers";
import type { HubSource } from "../../../../src/protocol/models";

export const FITS: ModelFit = {
  kind: "gpu",
  neededBytes: 6.3e9,
  gpuLayers: 33,
  totalLayers: 33,
  tokensPerSecond: 42.4,
};

export const SOURCE: HubSource = {
  kind: "hub",
  repo: "TheBloke/CodeLlama-7B-GGUF",
  file: "codellama-7b.Q4_K_M.gguf",
  sha256: "a".repeat(64),
};

export const DESCRIPTION: ModelDescription = {
  path: "/home/ann/hub/codellama-7b.Q4_K_M.gguf",
  name: "codellama-7b.Q4_K_M",
  architecture: "llama",
  quantization: "Q4_K_M",
  bytes: 4.08e9,
  trainedContext: 16_384,
  tokenizer: "llama",
  promptFormat: "llama2",
  capabilities: { chat: false, infill: true },
  warnings: [],
};

export const MODEL: InstalledModel = {
  path: DESCRIPTION.path,
  paths: [DESCRIPTION.path],
  name: DESCRIPTION.name,
  bytes: DESCRIPTION.bytes,
  origin: "hub",
  source: SOURCE,
  description: DESCRIPTION,
  fit: FITS,
};

export const OFFER: ModelOffer = {
  name: "Code Llama 7B",
  quantization: "Q4_K_M",
  bytes: 4.08e9,
  licence: "llama2",
  capabilities: { chat: false, infill: true },
  code: true,
  source: SOURCE,
  fit: FITS,
  recommended: { chat: false, completion: false },
};

export const LOADED: LoadedModel = {
  name: MODEL.name,
  path: MODEL.path,
  device: "CUDA (RTX 3070)",
  gpuLayers: 33,
  layers: 33,
  contextSize: 4096,
  promptFormat: "llama2",
  capabilities: MODEL.description?.capabilities ?? { chat: false, infill: true },
};

const STOPPED: EngineState = { chat: { kind: "stopped" }, completion: { kind: "stopped" } };

export interface GivenFacts extends Partial<Omit<ModelsFacts, "engine" | "custom" | "offers">> {
  readonly models?: Partial<EngineState>;
  readonly entries?: readonly string[];
  readonly offers?: readonly ModelOffer[];
}

export function factsOf({ models, entries = [], offers = [], ...given }: GivenFacts): ModelsFacts {
  return {
    installed: [],
    offers: { machine: { availableBytes: 21e9, graphics: { name: "RTX 3070", freeBytes: 7.2e9 } }, offers },
    unfinished: [],
    running: [],
    engine: { kind: "running", models: { ...STOPPED, ...models } },
    used: { chat: "", completion: "" },
    custom: customModels(entries),
    headers: new Map(),
    verified: new Map(),
    home: "/home/ann",
    translate: inEnglish,
    ...given,
  };
}

/** Every row as one line: its depth, icon, texts. */
export function drawn(given: GivenFacts): string[] {
  const lines = (nodes: readonly ModelNode[], depth: number): string[] =>
    nodes.flatMap((node) => [
      `${"  ".repeat(depth)}${node.icon === undefined ? "" : `(${node.icon.id}) `}${node.label}${
        node.description === undefined ? "" : ` | ${node.description}`
      }`,
      ...lines(node.children ?? [], depth + 1),
    ]);
  return lines(modelsTree(factsOf(given)), 0);
}

/** The first row that is about such a subject. */
export function rowOf(given: GivenFacts, kind: ModelNode["subject"]["kind"]): ModelNode & { context: string } {
  const node = [...nodesById(modelsTree(factsOf(given))).values()].find(({ subject }) => subject.kind === kind);
  if (node === undefined) {
    throw new Error(`there is no row of kind ${kind}`);
  }
  return { ...node, context: contextValue(node) };
}

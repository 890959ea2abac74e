/** What can be downloaded by name, and how it would run on this machine: the message, and what it carries. */
import { ProtocolRequestType } from "vscode-languageserver-protocol";
import type { ModelCapabilities, ModelRole } from "./engine";
import type { HubSource } from "./models";

/** All on the graphics card, some layers of it, all on the CPU, or it does not fit into memory. */
export type FitKind = "gpu" | "partly" | "cpu" | "none";

/** How a model would run here, by arithmetic: nothing is loaded for it. */
export interface ModelFit {
  readonly kind: FitKind;
  /** Weights, KV cache of the configured context, and compute buffers. */
  readonly neededBytes: number;
  readonly gpuLayers: number;
  readonly totalLayers: number;
  /** An estimate from the speed of memory; absent where it does not fit. */
  readonly tokensPerSecond?: number;
}

/** A file of the catalogue. */
export interface ModelOffer {
  /** For people, e.g. "Code Llama 7B Instruct". */
  readonly name: string;
  readonly quantization: string;
  readonly bytes: number;
  readonly licence: "llama2" | "apache-2.0";
  readonly capabilities: ModelCapabilities;
  /** Whether it was trained on code more than on anything else. */
  readonly code: boolean;
  readonly source: HubSource;
  readonly fit: ModelFit;
  readonly recommended: Readonly<Record<ModelRole, boolean>>;
}

export interface ModelOffers {
  readonly machine: {
    /** Memory that programs can have now. */
    readonly availableBytes: number;
    readonly graphics?: { readonly name: string; readonly freeBytes: number };
  };
  /** What serves this machine best first. */
  readonly offers: readonly ModelOffer[];
}

/** What can be downloaded by name, and how it would run on this machine as it is now. Never uses the network. */
export const ModelOffersRequest = {
  method: "llama2/models/offers",
  type: new ProtocolRequestType<Record<string, never>, ModelOffers, never, void, void>("llama2/models/offers"),
} as const;

/** `llama2/models/offers`: what the catalogue has, how it would run on this machine, and what is recommended. */
import type { ModelOffer, ModelOffers } from "../../protocol/modelOffers";
import type { EngineSettings } from "../../protocol/engineSettings";
import type { Graphics, LoadOptions } from "../engine/engine";
import type { CatalogueModel } from "./catalogue/catalogueModel";
import { cardBytesPerSecond } from "./fit/bandwidth";
import type { Machine } from "./fit/fit";
import { memoryNeed, type ContextShape } from "./fit/memory";
import { offersFor, type Offer } from "./fit/recommend";
import { inspectFile } from "./inspect";

/** What LocalEngine evaluates at once: the compute buffer is as large. */
const BATCH_TOKENS = { cpu: 128, gpu: 512 } as const;

export interface OfferFacts {
  readonly graphics: Graphics | undefined;
  /** Memory that programs can have, and what is read of it in a second. */
  readonly availableBytes: number;
  readonly memoryBytesPerSecond: number;
  /** What is loaded now: it would make room. */
  readonly loaded: readonly LoadOptions[];
  readonly settings: Pick<EngineSettings, "contextSize">;
}

export async function modelOffers(given: OfferFacts): Promise<ModelOffers> {
  const facts = await withRoomOfLoaded(given);
  const machine = machineOf(facts);
  const contextFor = (model: CatalogueModel): ContextShape => ({
    contextTokens: Math.min(facts.settings.contextSize, model.trainedContext),
    sequences: 1,
    batchTokens: BATCH_TOKENS[machine.gpu === undefined ? "cpu" : "gpu"],
  });
  const { all, chat, completion } = offersFor(machine, contextFor);
  return {
    machine: {
      availableBytes: facts.availableBytes,
      ...(facts.graphics === undefined
        ? {}
        : { graphics: { name: facts.graphics.name, freeBytes: facts.graphics.freeBytes } }),
    },
    offers: all.map((offer) => toProtocol(offer, { chat: offer === chat, completion: offer === completion })),
  };
}

/** Weights in ordinary memory are mapped from the disk, and count as available already. */
async function withRoomOfLoaded(facts: OfferFacts): Promise<OfferFacts> {
  const { graphics, availableBytes, loaded } = facts;
  const batchTokens = BATCH_TOKENS[graphics === undefined ? "cpu" : "gpu"];
  const needs = await Promise.all(
    loaded.map(async ({ path, contextSize, roles }) => {
      const { shape } = await inspectFile(path).catch(() => ({ shape: undefined })); // it may be deleted while it is loaded
      return shape && memoryNeed(shape, { contextTokens: contextSize, sequences: roles.length, batchTokens });
    }),
  );
  const sum = (bytesOf: (need: NonNullable<(typeof needs)[number]>) => number): number =>
    needs.reduce((total, need) => total + (need === undefined ? 0 : bytesOf(need)), 0);
  return graphics === undefined
    ? { ...facts, availableBytes: availableBytes + sum((need) => need.totalBytes - need.weightBytes) }
    : { ...facts, graphics: { ...graphics, freeBytes: graphics.freeBytes + sum((need) => need.totalBytes) } };
}

function machineOf({ graphics, availableBytes, memoryBytesPerSecond }: OfferFacts): Machine {
  const memory = { freeBytes: availableBytes, bytesPerSecond: memoryBytesPerSecond };
  return graphics === undefined
    ? { memory }
    : { memory, gpu: { ...graphics, bytesPerSecond: cardBytesPerSecond(graphics.name) } };
}

function toProtocol({ model, file, fit }: Offer, recommended: ModelOffer["recommended"]): ModelOffer {
  const { repository, revision } = model;
  return {
    name: model.name,
    quantization: file.quantization,
    bytes: file.bytes,
    licence: model.licence,
    capabilities: { chat: model.chat, infill: model.infill },
    code: model.code,
    source: {
      kind: "hub",
      repo: repository,
      file: file.name,
      revision,
      ...(file.sha256 === undefined ? {} : { sha256: file.sha256 }),
    },
    fit: {
      kind: fit.kind,
      neededBytes: fit.need.totalBytes,
      gpuLayers: fit.gpuLayers,
      totalLayers: fit.totalLayers,
      ...(fit.tokensPerSecond === undefined ? {} : { tokensPerSecond: fit.tokensPerSecond }),
    },
    recommended,
  };
}

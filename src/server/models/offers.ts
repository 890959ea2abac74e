/** `llama2/models/offers`: what the catalogue has, how it would run on this machine, and what is recommended. */
import type { ModelOffer, ModelOffers } from "../../protocol/modelOffers";
import { offersFor, type Offer } from "./fit/recommend";
import { toModelFit, type MachineNow } from "./machineNow";

export function modelOffers({ machine, contextFor }: MachineNow): ModelOffers {
  const { all, chat, completion } = offersFor(machine, ({ trainedContext }) => contextFor(trainedContext));
  const { gpu, memory } = machine;
  return {
    machine: {
      availableBytes: memory.freeBytes,
      ...(gpu === undefined ? {} : { graphics: { name: gpu.name, freeBytes: gpu.freeBytes } }),
    },
    offers: all.map((offer) => toProtocol(offer, { chat: offer === chat, completion: offer === completion })),
  };
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
    fit: toModelFit(fit),
    recommended,
  };
}

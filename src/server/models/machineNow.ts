/** This machine as it is now, what is loaded counted as free, and how a model would run on it. */
import type { EngineSettings } from "../../protocol/engineSettings";
import type { ModelFit } from "../../protocol/modelOffers";
import type { Graphics, LoadOptions } from "../engine/engine";
import { cardBytesPerSecond } from "./fit/bandwidth";
import { fitOf, type Fit, type Machine } from "./fit/fit";
import { memoryNeed, type ContextShape, type ModelShape } from "./fit/memory";

/** What LocalEngine evaluates at once: the compute buffer is as large. */
const BATCH_TOKENS = { cpu: 128, gpu: 512 } as const;

export interface MachineFacts {
  readonly graphics: Graphics | undefined;
  /** Memory that programs can have, and what is read of it in a second. */
  readonly availableBytes: number;
  readonly memoryBytesPerSecond: number;
  /** What is loaded now: it would make room. */
  readonly loaded: readonly LoadOptions[];
  /** What a file's memory is computed from. */
  readonly shapeOf: (path: string) => Promise<ModelShape | undefined>;
  readonly settings: Pick<EngineSettings, "contextSize">;
}

export interface MachineNow {
  readonly machine: Machine;
  /** With which context a model would be loaded; 0 where its header does not tell what it was trained with. */
  readonly contextFor: (trainedContext: number) => ContextShape;
  readonly fitFor: (shape: ModelShape, trainedContext: number) => ModelFit;
}

export async function machineNow(given: MachineFacts): Promise<MachineNow> {
  const { settings, ...facts } = await withRoomOfLoaded(given);
  const machine = machineOf(facts);
  const contextFor = (trainedContext: number): ContextShape => ({
    contextTokens: trainedContext > 0 ? Math.min(settings.contextSize, trainedContext) : settings.contextSize,
    sequences: 1,
    batchTokens: BATCH_TOKENS[machine.gpu === undefined ? "cpu" : "gpu"],
  });
  return {
    machine,
    contextFor,
    fitFor: (shape, trainedContext) => toModelFit(fitOf(shape, contextFor(trainedContext), machine)),
  };
}

export function toModelFit({ kind, need, gpuLayers, totalLayers, tokensPerSecond }: Fit): ModelFit {
  return {
    kind,
    neededBytes: need.totalBytes,
    gpuLayers,
    totalLayers,
    ...(tokensPerSecond === undefined ? {} : { tokensPerSecond }),
  };
}

/** Weights in ordinary memory are mapped from the disk, and count as available already. */
async function withRoomOfLoaded(facts: MachineFacts): Promise<MachineFacts> {
  const { graphics, availableBytes, loaded, shapeOf } = facts;
  const batchTokens = BATCH_TOKENS[graphics === undefined ? "cpu" : "gpu"];
  const needs = await Promise.all(
    loaded.map(async ({ path, contextSize, roles }) => {
      const shape = await shapeOf(path);
      return shape && memoryNeed(shape, { contextTokens: contextSize, sequences: roles.length, batchTokens });
    }),
  );
  const sum = (bytesOf: (need: NonNullable<(typeof needs)[number]>) => number): number =>
    needs.reduce((total, need) => total + (need === undefined ? 0 : bytesOf(need)), 0);
  return graphics === undefined
    ? { ...facts, availableBytes: availableBytes + sum((need) => need.totalBytes - need.weightBytes) }
    : { ...facts, graphics: { ...graphics, freeBytes: graphics.freeBytes + sum((need) => need.totalBytes) } };
}

function machineOf({
  graphics,
  availableBytes,
  memoryBytesPerSecond,
}: Pick<MachineFacts, "graphics" | "availableBytes" | "memoryBytesPerSecond">): Machine {
  const memory = { freeBytes: availableBytes, bytesPerSecond: memoryBytesPerSecond };
  return graphics === undefined
    ? { memory }
    : { memory, gpu: { ...graphics, bytesPerSecond: cardBytesPerSecond(graphics.name) } };
}

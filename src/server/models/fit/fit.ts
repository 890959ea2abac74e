/** Says before a download or a load whether a model fits this machine, and about how fast it will be. Pure. */
import { kvBytesPerToken, memoryNeed, type ContextShape, type MemoryNeed, type ModelShape } from "./memory";

/** What of a machine counts, as it is now. */
export interface Machine {
  /** Absent where there is no graphics card that the engine can use. */
  readonly gpu?: {
    readonly name: string;
    readonly freeBytes: number;
    /** Whether it works in the machine's own memory, as Apple silicon does: then free memory is counted once. */
    readonly sharesMemory: boolean;
    readonly bytesPerSecond: number;
  };
  readonly memory: {
    readonly freeBytes: number;
    /** What is read from memory in a second, by all cores together. */
    readonly bytesPerSecond: number;
  };
}

/** Best first. */
export const FIT_KINDS = ["gpu", "partly", "cpu", "none"] as const;

/** All on the graphics card, some layers of it, all on the CPU, or it does not fit. */
export type FitKind = (typeof FIT_KINDS)[number];

/** How an answer feels: faster than reading, as fast as reading, slower, or a matter of minutes. */
export type SpeedClass = "fast" | "readable" | "slow" | "verySlow";

export interface Fit {
  readonly kind: FitKind;
  readonly need: MemoryNeed;
  /** Of the model's layers and its output layer. */
  readonly gpuLayers: number;
  readonly totalLayers: number;
  /** An upper bound: generation reads all weights for each token. Absent where the model does not fit. */
  readonly tokensPerSecond?: number;
  readonly speed?: SpeedClass;
}

/** The engine leaves this much of a card to the screen and other programs. */
const GPU_RESERVE_BYTES = 512 * 1024 ** 2;
/** The editor, its extensions and the system go on meanwhile. */
const MEMORY_RESERVE_BYTES = 1024 ** 3;
/** Of the memory's speed, this much is seen in llama.cpp's generation (published figures of 7B models on Apple and NVIDIA). */
const BANDWIDTH_SHARE = 0.6;

export function fitOf(model: ModelShape, context: ContextShape, machine: Machine): Fit {
  const need = memoryNeed(model, context);
  const totalLayers = model.layers + 1;
  const gpuLayers = layersOnGpu(need, totalLayers, machine);
  const kind = fitKind(need, gpuLayers, totalLayers, machine);
  const base = { kind, need, gpuLayers: kind === "none" ? 0 : gpuLayers, totalLayers };
  if (kind === "none") {
    return base;
  }
  const tokensPerSecond = speedOf(model, context, gpuLayers / totalLayers, machine);
  return { ...base, tokensPerSecond, speed: speedClass(tokensPerSecond) };
}

function layersOnGpu(need: MemoryNeed, totalLayers: number, { gpu }: Machine): number {
  if (gpu === undefined) {
    return 0;
  }
  const perLayer = (need.weightBytes + need.kvBytes) / totalLayers;
  const room = gpu.freeBytes - GPU_RESERVE_BYTES - need.computeBytes;
  return Math.max(0, Math.min(totalLayers, Math.floor(room / perLayer)));
}

function fitKind(need: MemoryNeed, gpuLayers: number, totalLayers: number, { gpu, memory }: Machine): FitKind {
  if (gpuLayers === totalLayers) {
    return "gpu";
  }
  const onGpu = gpu?.sharesMemory === true ? 0 : gpuLayers / totalLayers;
  const inMemory = (need.weightBytes + need.kvBytes) * (1 - onGpu) + need.computeBytes;
  if (inMemory > memory.freeBytes - MEMORY_RESERVE_BYTES) {
    return "none";
  }
  return gpuLayers > 0 ? "partly" : "cpu";
}

/** For each token the weights, and the KV cache of half a conversation, are read once. */
function speedOf(model: ModelShape, { contextTokens }: ContextShape, gpuShare: number, machine: Machine): number {
  const read = model.weightBytes + (kvBytesPerToken(model) * contextTokens) / 2;
  const gpuSeconds = gpuShare === 0 ? 0 : (read * gpuShare) / (machine.gpu?.bytesPerSecond ?? Infinity);
  const cpuSeconds = (read * (1 - gpuShare)) / machine.memory.bytesPerSecond;
  return BANDWIDTH_SHARE / (gpuSeconds + cpuSeconds);
}

/** People read about five words, or seven tokens, a second. */
function speedClass(tokensPerSecond: number): SpeedClass {
  if (tokensPerSecond >= 20) {
    return "fast";
  }
  if (tokensPerSecond >= 7) {
    return "readable";
  }
  return tokensPerSecond >= 2 ? "slow" : "verySlow";
}

/** What is tried, one after the other, where memory does not suffice for a model as it was asked for. Pure. */
import type { LoadReduction } from "../../protocol/engine";
import type { LoadOptions } from "./engine";

export interface LoadAttempt {
  readonly options: LoadOptions;
  /** Absent for what was asked for. */
  readonly reduced?: LoadReduction;
}

/** Below this a conversation is hardly one. */
const MIN_CONTEXT_TOKENS = 1024;

/**
 * Fewer layers on the graphics card first, which costs speed only; then less context; then the CPU. `layers` of the model,
 * where they are known.
 */
export function loadLadder(options: LoadOptions, layers: number | undefined): readonly LoadAttempt[] {
  const usesGpu = options.gpu !== "cpu" && options.gpuLayers !== 0;
  const half = Math.floor((options.gpuLayers ?? layers ?? 0) / 2);
  const fewer: readonly LoadAttempt[] =
    usesGpu && half > 0 ? [{ options: { ...options, gpuLayers: half }, reduced: "fewerGpuLayers" }] : [];
  const last = fewer.at(-1)?.options ?? options;
  const contextSize = Math.floor(options.contextSize / 2);
  const smaller: readonly LoadAttempt[] =
    contextSize >= MIN_CONTEXT_TOKENS ? [{ options: { ...last, contextSize }, reduced: "smallerContext" }] : [];
  const cpu: readonly LoadAttempt[] = usesGpu ? [{ options: { ...options, gpuLayers: 0 }, reduced: "noGpu" }] : [];
  return [{ options }, ...fewer, ...smaller, ...cpu];
}

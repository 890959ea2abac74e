/** How many tokens a completion's prompt may have: as many as this machine reads within the latency that is wanted. */

/** About ten lines of code: with less a model knows too little, and the user waits instead. */
const MIN_TOKENS = 128;
/** What is farther away than this hardly changes a suggestion. */
const MAX_TOKENS = 4096;
/** Before anything is measured. A CPU reads about a tenth of what a GPU does. */
const UNMEASURED_TOKENS = { cpu: 256, gpu: 2048 } as const;

export interface PromptBudget {
  /** `undefined` before it is measured. */
  readonly prefillTokensPerSecond: number | undefined;
  readonly usesGpu: boolean;
  /** `llama2.completion.latencyTargetMs`: until the first token of a suggestion at a new place. */
  readonly latencyTargetMs: number;
}

/** A whole number of tokens; the context's size is another limit, which is not looked at here. */
export function promptBudget({ prefillTokensPerSecond, usesGpu, latencyTargetMs }: PromptBudget): number {
  if (prefillTokensPerSecond === undefined) {
    return UNMEASURED_TOKENS[usesGpu ? "gpu" : "cpu"];
  }
  const fitting = Math.floor((prefillTokensPerSecond * latencyTargetMs) / 1000);
  return Math.min(MAX_TOKENS, Math.max(MIN_TOKENS, fitting));
}

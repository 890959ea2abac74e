/**
 * The memory a model takes, by arithmetic: weights, KV cache and compute buffer. The formulas are llama.cpp's, checked against
 * what it allocates (test/process/fit.test.ts). Pure.
 */

export interface ModelShape {
  /** Size of the file: it is mapped or copied as it is. */
  readonly weightBytes: number;
  readonly layers: number;
  /** Heads of keys and values; fewer than heads of queries in models with grouped attention. */
  readonly kvHeads: number;
  readonly headSize: number;
  /** Width of the model. */
  readonly embedding: number;
  /** Number of tokens it knows. */
  readonly vocabulary: number;
}

export interface ContextShape {
  /** Tokens of one sequence. */
  readonly contextTokens: number;
  /** One for each role the model serves: each has a KV cache of its own. */
  readonly sequences: number;
  /** Tokens evaluated at once. */
  readonly batchTokens: number;
}

export interface MemoryNeed {
  readonly weightBytes: number;
  readonly kvBytes: number;
  readonly computeBytes: number;
  readonly totalBytes: number;
}

/** llama.cpp makes the KV cache in steps of this many tokens. */
const KV_STEP_TOKENS = 256;
/** Keys and values, as 16-bit numbers. */
const KV_BYTES_PER_NUMBER = 2 * 2;
/** What is computed with is 32-bit. */
const COMPUTE_BYTES_PER_NUMBER = 4;

export function memoryNeed(model: ModelShape, context: ContextShape): MemoryNeed {
  const { weightBytes } = model;
  const kvBytes = kvBytesPerToken(model) * paddedTokens(context);
  const computeBytes = computeBufferBytes(model, context);
  return { weightBytes, kvBytes, computeBytes, totalBytes: weightBytes + kvBytes + computeBytes };
}

/** e.g. 524,288 for Llama 2 7B. */
export function kvBytesPerToken({ layers, kvHeads, headSize }: Omit<ModelShape, "weightBytes">): number {
  return layers * kvHeads * headSize * KV_BYTES_PER_NUMBER;
}

function paddedTokens({ contextTokens, sequences }: ContextShape): number {
  return Math.ceil(contextTokens / KV_STEP_TOKENS) * KV_STEP_TOKENS * sequences;
}

/** Its largest part is the probabilities of all tokens at each place of a batch, beside the layer before them. */
function computeBufferBytes({ vocabulary, embedding }: ModelShape, { batchTokens }: ContextShape): number {
  return batchTokens * (vocabulary + 2 * embedding) * COMPUTE_BYTES_PER_NUMBER;
}

/** How many bytes GGML's tensor types take, from llama.cpp's ggml.h: a block of `elements` weights takes `bytes`. */
import { GGMLQuantizationType } from "@huggingface/gguf";

interface BlockSize {
  readonly elements: number;
  readonly bytes: number;
}

const BLOCKS = new Map<GGMLQuantizationType, BlockSize>([
  [GGMLQuantizationType.F64, { elements: 1, bytes: 8 }],
  [GGMLQuantizationType.F32, { elements: 1, bytes: 4 }],
  [GGMLQuantizationType.F16, { elements: 1, bytes: 2 }],
  [GGMLQuantizationType.BF16, { elements: 1, bytes: 2 }],
  [GGMLQuantizationType.Q4_0, { elements: 32, bytes: 18 }],
  [GGMLQuantizationType.Q4_1, { elements: 32, bytes: 20 }],
  [GGMLQuantizationType.Q5_0, { elements: 32, bytes: 22 }],
  [GGMLQuantizationType.Q5_1, { elements: 32, bytes: 24 }],
  [GGMLQuantizationType.Q8_0, { elements: 32, bytes: 34 }],
  [GGMLQuantizationType.Q2_K, { elements: 256, bytes: 84 }],
  [GGMLQuantizationType.Q3_K, { elements: 256, bytes: 110 }],
  [GGMLQuantizationType.Q4_K, { elements: 256, bytes: 144 }],
  [GGMLQuantizationType.Q5_K, { elements: 256, bytes: 176 }],
  [GGMLQuantizationType.Q6_K, { elements: 256, bytes: 210 }],
  [GGMLQuantizationType.Q8_K, { elements: 256, bytes: 292 }],
  [GGMLQuantizationType.IQ1_S, { elements: 256, bytes: 50 }],
  [GGMLQuantizationType.IQ1_M, { elements: 256, bytes: 56 }],
  [GGMLQuantizationType.IQ2_XXS, { elements: 256, bytes: 66 }],
  [GGMLQuantizationType.IQ2_XS, { elements: 256, bytes: 74 }],
  [GGMLQuantizationType.IQ2_S, { elements: 256, bytes: 82 }],
  [GGMLQuantizationType.IQ3_XXS, { elements: 256, bytes: 98 }],
  [GGMLQuantizationType.IQ3_S, { elements: 256, bytes: 110 }],
  [GGMLQuantizationType.IQ4_XS, { elements: 256, bytes: 136 }],
  [GGMLQuantizationType.IQ4_NL, { elements: 32, bytes: 18 }],
]);

/** Bytes of a tensor; `undefined` for a type that is not in the table. */
export function tensorBytes(type: GGMLQuantizationType, shape: readonly bigint[]): number | undefined {
  const block = BLOCKS.get(type);
  const elements = shape.reduce((product, dimension) => product * Number(dimension), 1);
  return block === undefined ? undefined : (elements / block.elements) * block.bytes;
}

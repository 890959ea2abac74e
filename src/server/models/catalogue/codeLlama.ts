/** Code Llama, base and Instruct. Sizes and checksums are those of the conversions by TheBloke on the Hugging Face Hub. */
import type { CatalogueModel } from "./catalogueModel";

/** Llama 2's, and the tokens that infilling is written with; 34B was trained without them. */
const INFILL_VOCABULARY = 32_016;
const VOCABULARY = 32_000;

const COMMON = {
  trainedContext: 16_384,
  code: true,
  promptFormat: "llama2",
  licence: "llama2",
} as const;

const CODE_LLAMA_7B = {
  ...COMMON,
  infill: true,
  parameters: 6_738_546_688,
  shape: { layers: 32, kvHeads: 32, headSize: 128, embedding: 4096, vocabulary: INFILL_VOCABULARY },
} as const;

const CODE_LLAMA_13B = {
  ...COMMON,
  infill: true,
  parameters: 13_016_028_160,
  shape: { layers: 40, kvHeads: 40, headSize: 128, embedding: 5120, vocabulary: INFILL_VOCABULARY },
} as const;

const CODE_LLAMA_34B = {
  ...COMMON,
  infill: false,
  parameters: 33_743_970_304,
  shape: { layers: 48, kvHeads: 8, headSize: 128, embedding: 8192, vocabulary: VOCABULARY },
} as const;

export const CODE_LLAMA: readonly CatalogueModel[] = [
  {
    id: "codellama-7b",
    name: "Code Llama 7B",
    ...CODE_LLAMA_7B,
    chat: false,
    repository: "TheBloke/CodeLlama-7B-GGUF",
    revision: "main",
    files: [
      {
        name: "codellama-7b.Q4_0.gguf",
        quantization: "Q4_0",
        bytes: 3_825_898_176,
        sha256: "33052f6dd41436db2f83bd48017b6fff8ce0184e15a8a227368b4230f1da97b5",
      },
      {
        name: "codellama-7b.Q4_K_S.gguf",
        quantization: "Q4_K_S",
        bytes: 3_856_831_168,
        sha256: "04679dbf901777ed1bb4b8c73138eb67aa4cfc447545133a5dc76c6cd3a4c4e0",
      },
      {
        name: "codellama-7b.Q4_K_M.gguf",
        quantization: "Q4_K_M",
        bytes: 4_081_095_360,
        sha256: "c3866cb985de17d398c2d7e85bb8a9c717a76bb997dce0e72a0cb169063e6d17",
      },
      {
        name: "codellama-7b.Q5_K_S.gguf",
        quantization: "Q5_K_S",
        bytes: 4_651_791_040,
        sha256: "5c684585af36a5eded1594ad5147f2ae8fb7d3124031fc88a841789239e534e9",
      },
    ],
  },
  {
    id: "codellama-7b-instruct",
    name: "Code Llama 7B Instruct",
    ...CODE_LLAMA_7B,
    chat: true,
    repository: "TheBloke/CodeLlama-7B-Instruct-GGUF",
    revision: "main",
    files: [
      {
        name: "codellama-7b-instruct.Q4_0.gguf",
        quantization: "Q4_0",
        bytes: 3_825_898_176,
        sha256: "a2f287bb96b96e3d87a96a818bd1721e57bfcae94dbcff671e77c3e601f967fe",
      },
      {
        name: "codellama-7b-instruct.Q4_K_M.gguf",
        quantization: "Q4_K_M",
        bytes: 4_081_095_360,
        sha256: "0701500c591c2c1b910516658e58044cdfa07b2e8b5a2e3b6808d983441daf1a",
      },
      {
        name: "codellama-7b-instruct.Q5_K_M.gguf",
        quantization: "Q5_K_M",
        bytes: 4_783_256_256,
        sha256: "774f2a7c97db49bee66a3091d31f0c3a35d70d85f6aada65626882177a858fd7",
      },
      {
        name: "codellama-7b-instruct.Q8_0.gguf",
        quantization: "Q8_0",
        bytes: 7_161_229_504,
        sha256: "2126a5b9e8576ebea8889792ec5e459423935daae17ac0ffdfbedb39d222a20e",
      },
    ],
  },
  {
    id: "codellama-13b",
    name: "Code Llama 13B",
    ...CODE_LLAMA_13B,
    chat: false,
    repository: "TheBloke/CodeLlama-13B-GGUF",
    revision: "main",
    files: [
      {
        name: "codellama-13b.Q4_0.gguf",
        quantization: "Q4_0",
        bytes: 7_365_948_416,
        sha256: "cea99562afe720d897ae401a6dc016f8764fc1638f64bb77274bbe1c6edbd667",
      },
      {
        name: "codellama-13b.Q4_K_M.gguf",
        quantization: "Q4_K_M",
        bytes: 7_866_070_016,
        sha256: "b889f38ea793b823756e0eb9d3b60a5c5061c2df2d99b6f2fdb7c28328f043ce",
      },
    ],
  },
  {
    id: "codellama-13b-instruct",
    name: "Code Llama 13B Instruct",
    ...CODE_LLAMA_13B,
    chat: true,
    repository: "TheBloke/CodeLlama-13B-Instruct-GGUF",
    revision: "main",
    files: [
      {
        name: "codellama-13b-instruct.Q4_0.gguf",
        quantization: "Q4_0",
        bytes: 7_365_948_416,
        sha256: "693021fa3a170a348b0a6104ab7d3a8c523331826a944dc0371fecd922df89dd",
      },
      {
        name: "codellama-13b-instruct.Q4_K_M.gguf",
        quantization: "Q4_K_M",
        bytes: 7_866_070_016,
        sha256: "48cc5600c5e35b1226208a53b1871f50efb15764232babaef23e2264c285d7d9",
      },
      {
        name: "codellama-13b-instruct.Q5_K_M.gguf",
        quantization: "Q5_K_M",
        bytes: 9_230_048_256,
        sha256: "4a2d7aff1a5aea3efa727274fca39f5c8fbea9f4925813feb788190f9fd084bc",
      },
      {
        name: "codellama-13b-instruct.Q6_K.gguf",
        quantization: "Q6_K",
        bytes: 10_679_275_136,
        sha256: "11ef0211f2f6a486d8d64e5419b2dbb7e34f23693f19a0e29902bfb91e5b934e",
      },
    ],
  },
  {
    id: "codellama-34b",
    name: "Code Llama 34B",
    ...CODE_LLAMA_34B,
    chat: false,
    repository: "TheBloke/CodeLlama-34B-GGUF",
    revision: "main",
    files: [
      {
        name: "codellama-34b.Q4_0.gguf",
        quantization: "Q4_0",
        bytes: 19_052_048_544,
        sha256: "2de60dd8e7b0b1b6031b2e7e975979ef2c6a133151ce7088a782a8a2562d0e55",
      },
      {
        name: "codellama-34b.Q4_K_M.gguf",
        quantization: "Q4_K_M",
        bytes: 20_219_900_064,
        sha256: "26e7ece4d609b8515b4f72543b555692dc6ca2ff2bee336a6a1f4f2c97978cee",
      },
    ],
  },
  {
    id: "codellama-34b-instruct",
    name: "Code Llama 34B Instruct",
    ...CODE_LLAMA_34B,
    chat: true,
    repository: "TheBloke/CodeLlama-34B-Instruct-GGUF",
    revision: "main",
    files: [
      {
        name: "codellama-34b-instruct.Q4_K_M.gguf",
        quantization: "Q4_K_M",
        bytes: 20_219_900_064,
        sha256: "57290fe55636910ab11b935dbe675d19781d06bd8020594d9135e06477e3c2bf",
      },
      {
        name: "codellama-34b-instruct.Q5_K_M.gguf",
        quantization: "Q5_K_M",
        bytes: 23_838_797_984,
        sha256: "c283b52708137aa0836c00322a8f90dd0d6527771afab83a3b92ec06bbc7535c",
      },
      {
        name: "codellama-34b-instruct.Q8_0.gguf",
        quantization: "Q8_0",
        bytes: 35_856_052_384,
        sha256: "c989409bf89c1e88a07a4fb9493527305770cd1692d233a74fdd8d647dcdc83b",
      },
    ],
  },
];

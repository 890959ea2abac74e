/** Llama 2, base and chat. Sizes and checksums are those of the conversions by TheBloke on the Hugging Face Hub. */
import type { CatalogueModel } from "./catalogueModel";

const VOCABULARY = 32_000;

const COMMON = {
  trainedContext: 4096,
  infill: false,
  code: false,
  promptFormat: "llama2",
  licence: "llama2",
} as const;

const LLAMA_2_7B = {
  ...COMMON,
  parameters: 6_738_415_616,
  shape: { layers: 32, kvHeads: 32, headSize: 128, embedding: 4096, vocabulary: VOCABULARY },
} as const;

const LLAMA_2_13B = {
  ...COMMON,
  parameters: 13_015_864_320,
  shape: { layers: 40, kvHeads: 40, headSize: 128, embedding: 5120, vocabulary: VOCABULARY },
} as const;

const LLAMA_2_70B = {
  ...COMMON,
  parameters: 68_976_648_192,
  shape: { layers: 80, kvHeads: 8, headSize: 128, embedding: 8192, vocabulary: VOCABULARY },
} as const;

export const LLAMA_2: readonly CatalogueModel[] = [
  {
    id: "llama-2-7b-chat",
    name: "Llama 2 7B Chat",
    ...LLAMA_2_7B,
    chat: true,
    repository: "TheBloke/Llama-2-7B-Chat-GGUF",
    revision: "191239b3e26b2882fb562ffccdd1cf0f65402adb",
    files: [
      {
        name: "llama-2-7b-chat.Q2_K.gguf",
        quantization: "Q2_K",
        bytes: 2_825_940_672,
        sha256: "c0dd304d761e8e05d082cc2902d7624a7f87858fdfaa4ef098330ffe767ff0d3",
      },
      {
        name: "llama-2-7b-chat.Q4_0.gguf",
        quantization: "Q4_0",
        bytes: 3_825_807_040,
        sha256: "9958ee9b670594147b750bbc7d0540b928fa12dcc5dd4c58cc56ed2eb85e371b",
      },
      {
        name: "llama-2-7b-chat.Q4_K_S.gguf",
        quantization: "Q4_K_S",
        bytes: 3_856_740_032,
        sha256: "632fa75f94b46960de3caf623e79b1d0a4c8564b39a5faacbb8c1fdbd9ba3f52",
      },
      {
        name: "llama-2-7b-chat.Q4_K_M.gguf",
        quantization: "Q4_K_M",
        bytes: 4_081_004_224,
        sha256: "08a5566d61d7cb6b420c3e4387a39e0078e1f2fe5f055f3a03887385304d4bfa",
      },
      {
        name: "llama-2-7b-chat.Q5_K_M.gguf",
        quantization: "Q5_K_M",
        bytes: 4_783_156_928,
        sha256: "e0b99920cf47b94c78d2fb06a1eceb9ed795176dfa3f7feac64629f1b52b997f",
      },
      {
        name: "llama-2-7b-chat.Q6_K.gguf",
        quantization: "Q6_K",
        bytes: 5_529_194_176,
        sha256: "cedd825c615575bcd58eb97cae65ec972afd17b00129f361b6bc3f3633dcd01d",
      },
      {
        name: "llama-2-7b-chat.Q8_0.gguf",
        quantization: "Q8_0",
        bytes: 7_161_089_728,
        sha256: "f47dade5e86466edb66c5afe6f8e9fb1fbb2c292827b90bd46b7a1817d864bf2",
      },
    ],
  },
  {
    id: "llama-2-13b-chat",
    name: "Llama 2 13B Chat",
    ...LLAMA_2_13B,
    chat: true,
    repository: "TheBloke/Llama-2-13B-chat-GGUF",
    revision: "main",
    files: [
      {
        name: "llama-2-13b-chat.Q4_0.gguf",
        quantization: "Q4_0",
        bytes: 7_365_834_656,
        sha256: "eda2a15d532bea4ce6fc14d15c2b72638243396816252f73a94dceeb0429112f",
      },
      {
        name: "llama-2-13b-chat.Q4_K_S.gguf",
        quantization: "Q4_K_S",
        bytes: 7_414_331_296,
        sha256: "106d3b9c0a8e24217f588f2af44fce95ec8906c1ea92ca9391147ba29cc4d2a4",
      },
      {
        name: "llama-2-13b-chat.Q4_K_M.gguf",
        quantization: "Q4_K_M",
        bytes: 7_865_956_256,
        sha256: "7ddfe27f61bf994542c22aca213c46ecbd8a624cca74abff02a7b5a8c18f787f",
      },
      {
        name: "llama-2-13b-chat.Q5_K_M.gguf",
        quantization: "Q5_K_M",
        bytes: 9_229_924_256,
        sha256: "ef36e090240040f97325758c1ad8e23f3801466a8eece3a9eac2d22d942f548a",
      },
      {
        name: "llama-2-13b-chat.Q8_0.gguf",
        quantization: "Q8_0",
        bytes: 13_831_319_456,
        sha256: "9f4d06112114dd1b48023305578ad52b690d3aee42181631a2bddbe856f75ae6",
      },
    ],
  },
  {
    id: "llama-2-70b-chat",
    name: "Llama 2 70B Chat",
    ...LLAMA_2_70B,
    chat: true,
    repository: "TheBloke/Llama-2-70B-Chat-GGUF",
    revision: "main",
    files: [
      {
        name: "llama-2-70b-chat.Q4_0.gguf",
        quantization: "Q4_0",
        bytes: 38_872_249_248,
        sha256: "3222e4132dac4339a7bf6bc6dd149eedd3fa464da91f52155b8597d2810d424c",
      },
      {
        name: "llama-2-70b-chat.Q4_K_M.gguf",
        quantization: "Q4_K_M",
        bytes: 41_422_910_368,
        sha256: "c7e817ae9c84191ccfc57141e839cb1b1cb61822cd299e76d02ec49fd6fa3c3e",
      },
      {
        name: "llama-2-70b-chat.Q5_K_M.gguf",
        quantization: "Q5_K_M",
        bytes: 48_753_767_328,
        sha256: "283c99f69e93d385f87bdf19c6aeee02220dd82a4a7882ca6c3ad90475eb4859",
      },
    ],
  },
  {
    id: "llama-2-7b",
    name: "Llama 2 7B",
    ...LLAMA_2_7B,
    chat: false,
    repository: "TheBloke/Llama-2-7B-GGUF",
    revision: "main",
    files: [
      {
        name: "llama-2-7b.Q4_0.gguf",
        quantization: "Q4_0",
        bytes: 3_825_807_040,
        sha256: "78b8f9777dd620ad29cd2cffb6653b17fa8a5b1fddc1b8821180d60eedd24d48",
      },
      {
        name: "llama-2-7b.Q4_K_M.gguf",
        quantization: "Q4_K_M",
        bytes: 4_081_004_224,
        sha256: "4567208c2221da5a9f2ded6cc26ce58dd47d0410902c3f57a4a3ed104ce51b0b",
      },
      {
        name: "llama-2-7b.Q5_K_M.gguf",
        quantization: "Q5_K_M",
        bytes: 4_783_156_928,
        sha256: "a014ef7a4eb7711e4f511971d117b8656e4f7677330c7408b441edfe82fa7774",
      },
      {
        name: "llama-2-7b.Q8_0.gguf",
        quantization: "Q8_0",
        bytes: 7_161_089_728,
        sha256: "f1415d117f94261fd9869ac5dabd98b3dc36648cfb7c6d84e5b473aca74ab64d",
      },
    ],
  },
  {
    id: "llama-2-13b",
    name: "Llama 2 13B",
    ...LLAMA_2_13B,
    chat: false,
    repository: "TheBloke/Llama-2-13B-GGUF",
    revision: "main",
    files: [
      {
        name: "llama-2-13b.Q4_0.gguf",
        quantization: "Q4_0",
        bytes: 7_365_834_656,
        sha256: "283fc12bcea5638fc82bcd038f0d19eaf0ebdc7fec9e4536d3e8063c1cc84548",
      },
      {
        name: "llama-2-13b.Q4_K_M.gguf",
        quantization: "Q4_K_M",
        bytes: 7_865_956_256,
        sha256: "e6c5f001cf1e9330bda4c2c9098cc1c363f1cb70634f7e047fddba6096969c59",
      },
      {
        name: "llama-2-13b.Q5_K_M.gguf",
        quantization: "Q5_K_M",
        bytes: 9_229_924_256,
        sha256: "c81202d8fd069ebcea9d44b2c2ff99a57f0accc3d73828ffdfcc538428aa5623",
      },
      {
        name: "llama-2-13b.Q8_0.gguf",
        quantization: "Q8_0",
        bytes: 13_831_319_456,
        sha256: "f60b1d38df8299c926daeb6a81a56004e188b889a9d21dc8b5ef1f58b923c889",
      },
    ],
  },
  {
    id: "llama-2-70b",
    name: "Llama 2 70B",
    ...LLAMA_2_70B,
    chat: false,
    repository: "TheBloke/Llama-2-70B-GGUF",
    revision: "main",
    files: [{ name: "llama-2-70b.Q4_K_M.gguf", quantization: "Q4_K_M", bytes: 41_422_910_368 }],
  },
];

/** TinyLlama: the architecture and tokenizer of Llama 2 in the size of a picture folder, to try everything with. */
import type { CatalogueModel } from "./catalogueModel";

export const TINY_LLAMA: readonly CatalogueModel[] = [
  {
    id: "tinyllama-1.1b-chat-v1.0",
    name: "TinyLlama 1.1B Chat",
    parameters: 1_100_048_384,
    trainedContext: 2048,
    shape: { layers: 22, kvHeads: 4, headSize: 64, embedding: 2048, vocabulary: 32_000 },
    chat: true,
    infill: false,
    code: false,
    promptFormat: "template",
    licence: "apache-2.0",
    repository: "TheBloke/TinyLlama-1.1B-Chat-v1.0-GGUF",
    revision: "main",
    files: [{ name: "tinyllama-1.1b-chat-v1.0.Q4_K_M.gguf", quantization: "Q4_K_M", bytes: 668_788_096 }],
  },
];

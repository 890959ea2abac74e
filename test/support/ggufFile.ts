/** Writes small GGUF files: a header of any entries, and no tensors. */

type Value = string | number | readonly string[];

/** What the header of a language model has at least, as conversions of Llama 2 write it. */
export const LANGUAGE_MODEL = {
  "general.architecture": "llama",
  "general.file_type": 15,
  "llama.context_length": 4096,
  "llama.block_count": 32,
  "llama.embedding_length": 4096,
  "llama.attention.head_count": 32,
  "llama.attention.head_count_kv": 32,
  "tokenizer.ggml.model": "llama",
  "tokenizer.ggml.tokens": ["<unk>", "<s>", "</s>"],
} as const;

/** Version 3, little-endian; numbers are 32-bit. `padding` follows the header, as tensors would. */
export function ggufFile(metadata: Readonly<Record<string, Value>> = LANGUAGE_MODEL, padding = 0): Buffer {
  const entries = Object.entries(metadata);
  const start = Buffer.concat([Buffer.from("GGUF"), uint32(3), uint64(0), uint64(entries.length)]);
  return Buffer.concat([
    start,
    ...entries.map(([key, value]) => Buffer.concat([text(key), typed(value)])),
    Buffer.alloc(padding),
  ]);
}

function typed(value: Value): Buffer {
  if (typeof value === "string") {
    return Buffer.concat([uint32(8), text(value)]);
  }
  return typeof value === "number"
    ? Buffer.concat([uint32(4), uint32(value)])
    : Buffer.concat([uint32(9), uint32(8), uint64(value.length), ...value.map(text)]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([uint64(bytes.length), bytes]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

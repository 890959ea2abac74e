/** What the header of a GGUF file says of its model, local or not. Pure. */
import { basename } from "node:path";
import { GGMLFileQuantizationType } from "@huggingface/gguf";
import { promptFormatOf } from "../../prompt/chatPrompt";
import type { ModelDescription, ModelWarning } from "../../protocol/engine";
import type { ModelShape } from "./fit/memory";

/** What of a parsed header is read here. */
export interface Header {
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Code Llama was trained with 16,384 tokens, and with another rope base than Llama 2's. */
const LONG_CONTEXT_TOKENS = 16_384;

/** `path` is that of the file, or its address; `bytes` its size. */
export function describeModel(path: string, bytes: number, header: Header): ModelDescription {
  const { text, whole } = reading(header);
  const architecture = text("general.architecture") ?? "unknown";
  const template = text("tokenizer.chat_template");
  // Headers often name a model "LLaMA v2", or the folder it was converted in; people know it by its file.
  const name = basename(path, ".gguf");
  const infill = hasInfillTokens(header);
  const ropeBase = whole(`${architecture}.rope.freq_base`);
  const trainedContext = whole(`${architecture}.context_length`) ?? 0;
  const parts = whole("split.count") ?? 1;
  const chat = template !== undefined || /chat|instruct|assistant/i.test(`${name} ${text("general.name") ?? ""}`);
  return {
    path,
    name,
    architecture,
    quantization: quantizationName(whole("general.file_type")),
    bytes,
    trainedContext,
    tokenizer: text("tokenizer.ggml.model") ?? "unknown",
    ...(ropeBase === undefined ? {} : { ropeBase }),
    ...(parts > 1 ? { part: { index: (whole("split.no") ?? 0) + 1, count: parts } } : {}),
    promptFormat: promptFormatOf(template),
    capabilities: { chat, infill },
    warnings: warningsOf({ architecture, infill, chat, ropeBase, trainedContext }),
  };
}

/** Architectures that write no text: they see, hear, draw, or turn text into vectors. */
const NO_LANGUAGE = /bert|^clip|embedding|encoder|wavtokenizer|^(flux|sd1|sdxl|sd3)$/;

/** Whether a file can be asked to go on with a text: none is part of another model, an adapter, or makes vectors. */
export function isLanguageModel(header: Header): boolean {
  const { text, whole } = reading(header);
  const architecture = text("general.architecture") ?? "";
  const type = text("general.type") ?? "model";
  const pools = (whole(`${architecture}.pooling_type`) ?? 0) > 0;
  return type === "model" && !pools && !NO_LANGUAGE.test(architecture) && text("tokenizer.ggml.model") !== undefined;
}

/** What memory is computed from; undefined where the header does not tell, as that of no language model does. */
export function shapeOf(bytes: number, header: Header): ModelShape | undefined {
  const { text, whole } = reading(header);
  const architecture = text("general.architecture") ?? "";
  const layers = whole(`${architecture}.block_count`);
  const heads = whole(`${architecture}.attention.head_count`);
  const embedding = whole(`${architecture}.embedding_length`);
  const pieces = header.metadata["tokenizer.ggml.tokens"];
  if (layers === undefined || heads === undefined || heads === 0 || embedding === undefined || !Array.isArray(pieces)) {
    return undefined;
  }
  return {
    weightBytes: bytes,
    layers,
    kvHeads: whole(`${architecture}.attention.head_count_kv`) ?? heads,
    headSize: whole(`${architecture}.attention.key_length`) ?? embedding / heads,
    embedding,
    vocabulary: pieces.length,
  };
}

function warningsOf(facts: {
  readonly architecture: string;
  readonly infill: boolean;
  readonly chat: boolean;
  readonly ropeBase: number | undefined;
  readonly trainedContext: number;
}): readonly ModelWarning[] {
  const { architecture, infill, chat, ropeBase, trainedContext } = facts;
  const isCodeLlama = infill || trainedContext >= LONG_CONTEXT_TOKENS;
  const warnings: readonly (readonly [ModelWarning, boolean])[] = [
    ["otherArchitecture", architecture !== "llama"],
    ["noInfill", !infill],
    ["notForChat", !chat],
    ["noRopeBase", isCodeLlama && trainedContext >= LONG_CONTEXT_TOKENS && ropeBase === undefined],
  ];
  return warnings.filter(([, applies]) => applies).map(([warning]) => warning);
}

/** Newer conversions name the ids of the infill tokens in the header; older ones only have the pieces in the vocabulary. */
function hasInfillTokens({ metadata }: Header): boolean {
  const value = (key: string): unknown => metadata[key];
  const named =
    (value("tokenizer.ggml.prefix_token_id") ?? value("tokenizer.ggml.fim_pre_token_id")) !== undefined &&
    (value("tokenizer.ggml.suffix_token_id") ?? value("tokenizer.ggml.fim_suf_token_id")) !== undefined &&
    (value("tokenizer.ggml.middle_token_id") ?? value("tokenizer.ggml.fim_mid_token_id")) !== undefined;
  const pieces = value("tokenizer.ggml.tokens");
  return named || (Array.isArray(pieces) && ["▁<PRE>", "▁<SUF>", "▁<MID>"].every((piece) => pieces.includes(piece)));
}

function quantizationName(fileType: number | undefined): string {
  return fileType === undefined ? "unknown" : (GGMLFileQuantizationType[fileType] ?? "unknown");
}

function reading({ metadata }: Header): {
  readonly text: (key: string) => string | undefined;
  readonly whole: (key: string) => number | undefined;
} {
  return {
    text: (key) => {
      const value = metadata[key];
      return typeof value === "string" && value !== "" ? value : undefined;
    },
    whole: (key) => {
      const value = metadata[key];
      return typeof value === "number" || typeof value === "bigint" ? Number(value) : undefined;
    },
  };
}

/**
 * Reads the header of a GGUF file: what the model is, what it can do, and whether the file is whole. Every load goes
 * through here first, so that a bad file is a coded error instead of a crash of native code.
 */
import { constants } from "node:fs";
import { access, open, stat } from "node:fs/promises";
import { basename } from "node:path";
import { gguf, GGMLFileQuantizationType, type GGUFParseOutput } from "@huggingface/gguf";
import { EngineError } from "../../protocol/engineErrors";
import type { ModelDescription } from "../../protocol/engine";
import { promptFormatOf } from "../../prompt/chatPrompt";
import { tensorBytes } from "./ggmlTypes";

/** Magic, version, and the counts of tensors and metadata. */
const SMALLEST_HEADER_BYTES = 24;

type Header = GGUFParseOutput<{ strict: false }>;

/** Describes a model file. Fails with `EngineError`: modelNotFound, modelIsDirectory, modelNotReadable, notGguf, truncatedGguf, unsupportedModel. */
export async function inspectModel(path: string): Promise<ModelDescription> {
  const bytes = await readableFileSize(path);
  await requireMagic(path, bytes);
  const header = await readHeader(path, bytes);
  requireAllTensors(path, bytes, header);
  return describe(path, bytes, header);
}

async function readableFileSize(path: string): Promise<number> {
  try {
    const stats = await stat(path);
    if (stats.isDirectory()) {
      throw new EngineError({ code: "modelIsDirectory", path });
    }
    if (!stats.isFile()) {
      // Opening a pipe would wait for its other end for ever.
      throw new EngineError({ code: "modelNotReadable", path, detail: "not a regular file" });
    }
    await access(path, constants.R_OK);
    return stats.size;
  } catch (error) {
    throw error instanceof EngineError ? error : fileError(path, error);
  }
}

function fileError(path: string, error: unknown): EngineError {
  const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
  return code === "ENOENT" || code === "ENOTDIR"
    ? new EngineError({ code: "modelNotFound", path }, { cause: error })
    : new EngineError({ code: "modelNotReadable", path, detail: code }, { cause: error });
}

async function requireMagic(path: string, bytes: number): Promise<void> {
  let magic: string;
  try {
    const file = await open(path, "r");
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
      magic = buffer.toString("latin1", 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw fileError(path, error);
  }
  if (!magic.startsWith("GGUF".slice(0, bytes))) {
    throw new EngineError({ code: "notGguf", path });
  }
  if (bytes < SMALLEST_HEADER_BYTES) {
    throw new EngineError({ code: "truncatedGguf", path, actualBytes: bytes });
  }
}

async function readHeader(path: string, bytes: number): Promise<Header> {
  let header: Header;
  try {
    header = await gguf(path, { allowLocalFile: true });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new EngineError(
      { code: "unsupportedModel", path, detail: `its header is damaged: ${detail}` },
      { cause: error },
    );
  }
  // The reader takes what lies behind the end of the file for zeros, so a cut header shows by its length only.
  if (header.tensorInfoByteRange[1] > bytes) {
    throw new EngineError({ code: "truncatedGguf", path, actualBytes: bytes });
  }
  return header;
}

function requireAllTensors(path: string, bytes: number, header: Header): void {
  let end = 0;
  for (const tensor of header.tensorInfos) {
    end = Math.max(end, Number(tensor.offset) + (tensorBytes(tensor.dtype, tensor.shape) ?? 0));
  }
  const expectedBytes = header.tensorInfos.length === 0 ? 0 : Number(header.tensorDataOffset) + end;
  if (expectedBytes > bytes) {
    throw new EngineError({ code: "truncatedGguf", path, expectedBytes, actualBytes: bytes });
  }
}

function describe(path: string, bytes: number, header: Header): ModelDescription {
  const value = (key: string): unknown => header.metadata[key];
  const architecture = textOr(value("general.architecture"), "unknown");
  const chatTemplate = value("tokenizer.chat_template");
  return {
    path,
    // Headers often name a model "LLaMA v2", or the folder it was converted in; people know it by its file.
    name: basename(path, ".gguf"),
    architecture,
    quantization: quantizationName(value("general.file_type")),
    bytes,
    trainedContext: wholeOr(value(`${architecture}.context_length`), 0),
    promptFormat: promptFormatOf(typeof chatTemplate === "string" ? chatTemplate : undefined),
    capabilities: { chat: true, infill: hasInfillTokens(header) },
  };
}

/** Newer conversions name the ids of the infill tokens in the header; older ones only have the pieces in the vocabulary. */
function hasInfillTokens(header: Header): boolean {
  const value = (key: string): unknown => header.metadata[key];
  const named =
    (value("tokenizer.ggml.prefix_token_id") ?? value("tokenizer.ggml.fim_pre_token_id")) !== undefined &&
    (value("tokenizer.ggml.suffix_token_id") ?? value("tokenizer.ggml.fim_suf_token_id")) !== undefined &&
    (value("tokenizer.ggml.middle_token_id") ?? value("tokenizer.ggml.fim_mid_token_id")) !== undefined;
  const pieces = value("tokenizer.ggml.tokens");
  return named || (Array.isArray(pieces) && ["▁<PRE>", "▁<SUF>", "▁<MID>"].every((piece) => pieces.includes(piece)));
}

function quantizationName(fileType: unknown): string {
  return typeof fileType === "number" ? (GGMLFileQuantizationType[fileType] ?? "unknown") : "unknown";
}

function textOr(value: unknown, fallback: string): string {
  return typeof value === "string" && value !== "" ? value : fallback;
}

function wholeOr(value: unknown, fallback: number): number {
  return typeof value === "number" || typeof value === "bigint" ? Number(value) : fallback;
}

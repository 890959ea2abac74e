/**
 * Reads the header of a GGUF file: what the model is, what it can do, and whether the file is whole. Every load goes
 * through here first, so that a bad file is a coded error instead of a crash of native code.
 */
import { constants } from "node:fs";
import { access, open, stat } from "node:fs/promises";
import { gguf, type GGUFParseOutput } from "@huggingface/gguf";
import { EngineError } from "../../protocol/engineErrors";
import type { ModelDescription } from "../../protocol/engine";
import { describeModel, shapeOf } from "./describe";
import type { ModelShape } from "./fit/memory";
import { tensorBytes } from "./ggmlTypes";

/** Magic, version, and the counts of tensors and metadata. */
const SMALLEST_HEADER_BYTES = 24;

export type GgufHeader = GGUFParseOutput<{ strict: false }>;

/** Describes a model file. Fails with `EngineError`: modelNotFound, modelIsDirectory, modelNotReadable, notGguf, truncatedGguf, unsupportedModel. */
export async function inspectModel(path: string): Promise<ModelDescription> {
  return (await inspectFile(path)).description;
}

/** The same with what the file's memory is computed from, where its header tells, and the header itself. */
export interface InspectedFile {
  readonly description: ModelDescription;
  readonly shape: ModelShape | undefined;
  readonly header: GgufHeader;
}

export async function inspectFile(path: string): Promise<InspectedFile> {
  const bytes = await readableFileSize(path);
  await requireMagic(path, bytes);
  const header = await readHeader(path, bytes);
  requireAllTensors(path, bytes, header);
  return { description: describeModel(path, bytes, header), shape: shapeOf(bytes, header), header };
}

export async function readableFileSize(path: string): Promise<number> {
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

/** What an error of the file system means for a model. */
export function fileError(path: string, error: unknown): EngineError {
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

async function readHeader(path: string, bytes: number): Promise<GgufHeader> {
  let header: GgufHeader;
  try {
    header = await gguf(path, { allowLocalFile: true });
  } catch (error) {
    throw damagedHeader(path, error);
  }
  // The reader takes what lies behind the end of the file for zeros, so a cut header shows by its length only.
  if (header.tensorInfoByteRange[1] > bytes) {
    throw new EngineError({ code: "truncatedGguf", path, actualBytes: bytes });
  }
  return header;
}

/** `path` is that of the file, or its address. */
export function damagedHeader(path: string, error: unknown): EngineError {
  const detail = error instanceof Error ? error.message : String(error);
  return new EngineError(
    { code: "unsupportedModel", path, detail: `its header is damaged: ${detail}` },
    { cause: error },
  );
}

export function requireAllTensors(path: string, bytes: number, header: GgufHeader): void {
  let end = 0;
  for (const tensor of header.tensorInfos) {
    end = Math.max(end, Number(tensor.offset) + (tensorBytes(tensor.dtype, tensor.shape) ?? 0));
  }
  const expectedBytes = header.tensorInfos.length === 0 ? 0 : Number(header.tensorDataOffset) + end;
  if (expectedBytes > bytes) {
    throw new EngineError({ code: "truncatedGguf", path, expectedBytes, actualBytes: bytes });
  }
}

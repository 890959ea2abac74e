/** Everything that the header of a model says: of one on the disk, else read from its server by ranges. Nothing is kept. */
import { gguf } from "@huggingface/gguf";
import { EngineError } from "../../../protocol/engineErrors";
import type { ModelHeaderParams } from "../../../protocol/localModels";
import type { ModelSource } from "../../../protocol/models";
import { describeModel, shapeOf } from "../describe";
import { metadataTexts } from "../metadataTexts";
import { damagedHeader, inspectFile, requireAllTensors, type GgufHeader } from "../inspect";
import { locate, partSources } from "./download";
import type { FullHeader } from "./hubMessages";
import { askFor, nameOf } from "./part";
import { RangeReader } from "./rangeReader";
import type { RemoteFile } from "./remoteFile";
import type { HubSession } from "./session";
import { partsOf } from "./splitFiles";

/** What one file of a model tells. */
interface PartHeader {
  readonly path: string;
  readonly bytes: number;
  readonly header: GgufHeader;
}

/** Fails with the codes of files, of downloads, `notGguf` and `unsupportedModel`. */
export async function fullHeader(
  session: HubSession,
  source: ModelHeaderParams["source"],
  signal: AbortSignal,
): Promise<FullHeader> {
  if (source.kind === "file") {
    return together(await localHeaders(partsOf(source.path)));
  }
  const local = await locate(session.places, source);
  if (local.kind === "present") {
    return together(await localHeaders(local.model.paths));
  }
  if (session.places.offline) {
    throw new EngineError({ code: "offline", file: nameOf(source) });
  }
  return together(await Promise.all(partSources(source).map((part) => remoteHeader(session, part, signal))));
}

function together(parts: readonly PartHeader[]): FullHeader {
  const [first] = parts;
  if (first === undefined) {
    throw new Error("a model has at least one part");
  }
  const bytes = parts.reduce((total, part) => total + part.bytes, 0);
  const tensors = parts.flatMap(({ header }) => header.tensorInfos);
  const shape = shapeOf(bytes, first.header);
  return {
    header: {
      description: describeModel(first.path, first.bytes, first.header),
      tensors: tensors.length,
      parameters: tensors.reduce((total, tensor) => total + elements(tensor.shape), 0),
      metadata: metadataTexts(first.header.metadata),
    },
    ...(shape === undefined ? {} : { shape }),
  };
}

function elements(shape: readonly bigint[]): number {
  return shape.reduce((product, dimension) => product * Number(dimension), 1);
}

async function localHeaders(paths: readonly string[]): Promise<readonly PartHeader[]> {
  return Promise.all(
    paths.map(async (path) => {
      const { description, header } = await inspectFile(path);
      return { path, bytes: description.bytes, header };
    }),
  );
}

async function remoteHeader(session: HubSession, source: ModelSource, signal: AbortSignal): Promise<PartHeader> {
  const { remote } = await askFor(session, source, signal);
  const path = nameOf(source);
  const header = await readRemote(session, remote, path, signal);
  const end = header.tensorInfoByteRange[1];
  const bytes = remote.bytes ?? 0;
  if (remote.bytes !== undefined) {
    if (end > bytes) {
      throw new EngineError({ code: "truncatedGguf", path, actualBytes: bytes });
    }
    requireAllTensors(path, bytes, header);
  }
  return { path, bytes, header };
}

/** The library asks for what it needs, and our own requests bring it. */
async function readRemote(
  session: HubSession,
  remote: RemoteFile,
  name: string,
  signal: AbortSignal,
): Promise<GgufHeader> {
  const reader = new RangeReader(session, remote, name);
  let failure: Error | undefined;
  const fetchPiece = async (_input: unknown, init?: RequestInit): Promise<Response> => {
    const [, start, last] = /^bytes=(\d+)-(\d+)$/.exec(new Headers(init?.headers).get("range") ?? "") ?? [];
    try {
      const bytes = await reader.read(Number(start), Number(last) + 1, signal);
      if (Number(start) === 0 && bytes.toString("latin1", 0, 4) !== "GGUF") {
        throw new EngineError({ code: "notGguf", path: name });
      }
      return new Response(new Uint8Array(bytes));
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
      throw error;
    }
  };
  try {
    return await gguf(remote.url.href, { fetch: fetchPiece });
  } catch (error) {
    throw failure ?? damagedHeader(name, error);
  } finally {
    reader.dispose();
  }
}

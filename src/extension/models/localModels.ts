/** The model files that are on this machine, as the features see them. */
import {
  DeleteModelRequest,
  ListModelsRequest,
  ModelHeaderRequest,
  VerifyModelRequest,
  type InstalledModel,
  type ModelHeader,
  type ModelHeaderParams,
  type Verification,
  type VerifyProgress,
} from "../../protocol/localModels";
import type { HubAccess } from "../../protocol/models";
import type { Engine } from "../engineApi";

/** All reject with an `EngineError`, or with an `AbortError`. */
export class LocalModels {
  constructor(
    private readonly engine: Pick<Engine, "request">,
    private readonly access: () => Promise<HubAccess>,
  ) {}

  /** Those that are found, whoever has them, and `files`. No network. */
  list(files: readonly string[], signal: AbortSignal): Promise<readonly InstalledModel[]> {
    return this.engine.request(ListModelsRequest.type, { files }, signal);
  }

  /** Reads the whole model; of a large one that takes a minute. */
  verify(path: string, onProgress: (progress: VerifyProgress) => void, signal: AbortSignal): Promise<Verification> {
    return this.engine.request(VerifyModelRequest.type, { path }, signal, onProgress);
  }

  /** Gives the bytes that are free again. */
  async delete(path: string, signal: AbortSignal): Promise<number> {
    return (await this.engine.request(DeleteModelRequest.type, { path }, signal)).freedBytes;
  }

  /** Of a remote file some MB are read, and nothing is kept. */
  async header(source: ModelHeaderParams["source"], signal: AbortSignal): Promise<ModelHeader> {
    const access = source.kind === "file" ? {} : { access: await this.access() };
    return this.engine.request(ModelHeaderRequest.type, { source, ...access }, signal);
  }
}

/**
 * The models on this machine as the server tells of them: the hub process looks for them and reads their headers, here they
 * are remembered as long as the files stay as they are, and how each would run is added.
 */
import { realpath } from "node:fs/promises";
import { CancellationToken } from "vscode-languageserver/node";
import {
  DeleteModelRequest,
  type InstalledModel,
  type ModelHeader,
  type ModelHeaderParams,
} from "../../protocol/localModels";
import type { ModelHost } from "../engine/modelHost";
import { FindModelsRequest, FullHeaderRequest, ReadHeadersRequest, type HeaderReading } from "./hub/hubMessages";
import type { HubProcess } from "./hubProcess";
import type { ModelShape } from "./fit/memory";
import type { FoundModel } from "./local/foundModel";
import type { MachineNow } from "./machineNow";

interface Remembered {
  readonly stamp: string;
  readonly reading: HeaderReading;
}

export class InstalledModels {
  private remembered: ReadonlyMap<string, Remembered> = new Map<string, Remembered>();
  /** Of files that were asked for alone; those in memory, so they are few. */
  private readonly single = new Map<string, HeaderReading>();

  constructor(
    private readonly hub: Pick<HubProcess, "request">,
    private readonly models: Pick<ModelHost, "inMemory" | "current" | "unload">,
    private readonly machine: () => Promise<MachineNow>,
  ) {}

  async list(files: readonly string[], token: CancellationToken): Promise<readonly InstalledModel[]> {
    const found = await this.hub.request(FindModelsRequest.type, { files }, token);
    const readings = await this.readingsOf(found, token);
    if (found.length === 0) {
      return [];
    }
    const machine = await this.machine();
    return found.flatMap((model, index) => {
      const reading = readings[index];
      return reading === undefined ? [] : describe(model, reading, machine);
    });
  }

  /** What is in memory leaves it first. Fails with `notOurModel`, `modelNotFound`, `downloadLocked`, `cacheNotWritable`. */
  async delete(path: string, token: CancellationToken): Promise<{ readonly freedBytes: number }> {
    const found = await this.hub.request(FindModelsRequest.type, { files: [path] }, token);
    const model = found.find((one) => one.path === path);
    if (model?.origin === "hub" || model?.origin === "download") {
      await this.freeMemoryOf(model);
    }
    return this.hub.request(DeleteModelRequest.type, { path }, token); // which refuses all others
  }

  async header(params: ModelHeaderParams, token: CancellationToken): Promise<ModelHeader> {
    const { header, shape } = await this.hub.request(FullHeaderRequest.type, params, token);
    if (shape === undefined) {
      return header;
    }
    return { ...header, fit: (await this.machine()).fitFor(shape, header.description.trainedContext) };
  }

  /**
   * What the memory of a file is computed from, read at most once: whoever asks has it in memory, as it was. Not read in this
   * process, where a keystroke would wait for it. `undefined` where it cannot be told.
   */
  async shapeOf(path: string): Promise<ModelShape | undefined> {
    let reading = this.remembered.get(path)?.reading ?? this.single.get(path);
    if (reading === undefined) {
      const request = this.hub.request(ReadHeadersRequest.type, { models: [[path]] }, CancellationToken.None);
      [reading] = await request.catch(() => []); // the sum is less exact without it
      if (reading !== undefined) {
        this.single.set(path, reading);
      }
    }
    return reading?.kind === "model" ? reading.shape : undefined;
  }

  /** Reads what has changed since the last time, and forgets what is gone. */
  private async readingsOf(
    found: readonly FoundModel[],
    token: CancellationToken,
  ): Promise<readonly (HeaderReading | undefined)[]> {
    const known = this.remembered;
    const isKnown = ({ path, stamp }: FoundModel): boolean => known.get(path)?.stamp === stamp;
    const unknown = found.filter((model) => model.missing.length === 0 && !isKnown(model));
    const models = unknown.map(({ paths }) => paths);
    const read = models.length === 0 ? [] : await this.hub.request(ReadHeadersRequest.type, { models }, token);
    const now = new Map<string, Remembered>();
    for (const model of found) {
      const reading = isKnown(model) ? known.get(model.path)?.reading : read[unknown.indexOf(model)];
      if (reading !== undefined) {
        now.set(model.path, { stamp: model.stamp, reading });
      }
    }
    this.remembered = now;
    return found.map((model) => {
      const [missing] = model.missing;
      return missing === undefined
        ? now.get(model.path)?.reading
        : { kind: "problem", problem: { code: "modelNotFound", path: missing } };
    });
  }

  private async freeMemoryOf(model: FoundModel): Promise<void> {
    const loading = Object.values(this.models.current).map((state) => (state.kind === "loading" ? [state.path] : []));
    const inMemory = [...this.models.inMemory.map(({ path }) => path), ...loading.flat()];
    const files = new Set(await Promise.all(model.paths.map(realPath)));
    if ((await Promise.all(inMemory.map(realPath))).some((path) => files.has(path))) {
      await this.models.unload();
    }
  }
}

/** Draft, vision and embedding files of others are left out; what the user has chosen stays. */
function describe(model: FoundModel, reading: HeaderReading, machine: MachineNow): readonly InstalledModel[] {
  const { path, paths, name, bytes, origin, source, sha256 } = model;
  const base = {
    path,
    paths,
    name,
    bytes,
    origin,
    ...(source === undefined ? {} : { source }),
    ...(sha256 === undefined ? {} : { sha256 }),
  };
  switch (reading.kind) {
    case "model": {
      const { description, shape } = reading;
      const fit = shape && machine.fitFor(shape, description.trainedContext);
      return [{ ...base, description, ...(fit === undefined ? {} : { fit }) }];
    }
    case "problem":
      return [{ ...base, problem: reading.problem }];
    case "other": {
      const problem = { code: "unsupportedModel", path, detail: "it is no language model" } as const;
      return origin === "file" || origin === "download" ? [{ ...base, problem }] : [];
    }
  }
}

/** The path itself where there is nothing. */
async function realPath(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}

/**
 * Keeps the models that the settings ask for in memory and tells what state they are in. Loading belongs to nobody's
 * request: a cancelled request never aborts it, only other settings do. What the new settings still ask for stays loaded, and
 * a model that is replaced answers until the new one is ready, where memory holds both.
 */
import { orAborted } from "../../base/abort";
import type { EngineState, ModelRole, ModelState } from "../../protocol/engine";
import { EngineError, type EngineErrorData } from "../../protocol/engineErrors";
import type { EngineSettings } from "../../protocol/engineSettings";
import type { Engine, LanguageModel, LoadOptions } from "./engine";

const ROLES: readonly ModelRole[] = ["chat", "completion"];
const STOPPED: ModelState = { kind: "stopped" };

interface Loaded {
  readonly options: LoadOptions;
  readonly model: LanguageModel;
}

export class ModelHost {
  private state: EngineState = { chat: STOPPED, completion: STOPPED };
  private wanted: readonly LoadOptions[] = [];
  private loaded: readonly Loaded[] = [];
  private loading = new AbortController();
  /** Settles when what was wanted until now is loaded, or has failed. */
  private settled: Promise<void> = Promise.resolve();
  private settingsAreKnown: () => void = () => undefined;
  private readonly configured = new Promise<void>((resolve) => (this.settingsAreKnown = resolve));

  constructor(
    private readonly engine: Engine,
    private readonly onState: (state: EngineState) => void,
  ) {}

  get current(): EngineState {
    return this.state;
  }

  /** Loads what the settings name, completion first. False where nothing that matters to loading has changed. */
  configure(settings: EngineSettings): boolean {
    const wanted = loadsFor(settings);
    const changed = JSON.stringify(wanted) !== JSON.stringify(this.wanted);
    if (changed) {
      this.wanted = wanted;
      this.reload();
    }
    this.settingsAreKnown();
    return changed;
  }

  /**
   * The model for a role, after its loading has ended; at once where another answers meanwhile. One that was unloaded is
   * loaded again. Fails with the coded reason where there is none. A request may come before the client has told its settings
   * (the one that is asked again after a crash does): it waits for them.
   */
  async model(role: ModelRole, signal: AbortSignal): Promise<LanguageModel> {
    await orAborted(this.configured, signal);
    for (;;) {
      if (this.state[role].kind === "unloaded") {
        this.reload();
      }
      const model = this.modelFor(role);
      if (model !== undefined) {
        return model;
      }
      const state = this.state[role];
      if (state.kind !== "loading") {
        throw new EngineError(state.kind === "failed" ? state.error : { code: "noModel", role });
      }
      await orAborted(this.settled, signal);
    }
  }

  /** The model for a role, if it is in memory now. */
  loadedModel(role: ModelRole): LanguageModel | undefined {
    return this.modelFor(role);
  }

  /** What is in memory, as it was loaded. */
  get inMemory(): readonly LoadOptions[] {
    return this.loaded.map(({ options }) => options);
  }

  /** Frees the memory of all models until the next request. What is being answered is cancelled. */
  async unload(): Promise<void> {
    this.loading.abort();
    this.settled = this.settled.then(() => this.free(this.loaded));
    for (const { roles, path } of this.wanted) {
      this.setStates(roles, { kind: "unloaded", path });
    }
    await this.settled;
  }

  async dispose(): Promise<void> {
    this.wanted = [];
    this.reload();
    await this.settled;
    await this.engine.dispose();
  }

  private reload(): void {
    this.loading.abort();
    this.loading = new AbortController();
    const { signal } = this.loading;
    for (const role of ROLES) {
      const options = this.wanted.find(({ roles }) => roles.includes(role));
      this.setStates([role], options === undefined ? STOPPED : this.stateBeforeLoading(role, options));
    }
    this.settled = this.settle(this.settled, signal);
  }

  private stateBeforeLoading(role: ModelRole, options: LoadOptions): ModelState {
    const same = this.loaded.find((loaded) => isSame(loaded.options, options));
    const serving = this.modelFor(role)?.info;
    return same === undefined
      ? { kind: "loading", path: options.path, fraction: 0, ...(serving === undefined ? {} : { serving }) }
      : { kind: "ready", model: same.model.info };
  }

  /** Loads what is wanted and not there, and frees what is there and not wanted. */
  private async settle(before: Promise<void>, signal: AbortSignal): Promise<void> {
    await before;
    for (const options of this.wanted) {
      if (!signal.aborted && !this.loaded.some((loaded) => isSame(loaded.options, options))) {
        const replaced = this.replaced();
        if (replaced.length > 0 && !(await this.engine.fitsBeside(options))) {
          await this.free(replaced);
        }
        await this.loadOne(options, signal);
      }
    }
    if (!signal.aborted) {
      await this.free(this.replaced());
    }
  }

  private replaced(): readonly Loaded[] {
    return this.loaded.filter(({ options }) => !this.wanted.some((wanted) => isSame(wanted, options)));
  }

  private async free(some: readonly Loaded[]): Promise<void> {
    this.loaded = this.loaded.filter((loaded) => !some.includes(loaded));
    await Promise.all(some.map(({ model }) => model.dispose()));
  }

  private async loadOne(options: LoadOptions, signal: AbortSignal): Promise<void> {
    const { roles, path } = options;
    const tell = (stateOf: (role: ModelRole) => ModelState): void => {
      if (!signal.aborted) {
        roles.forEach((role) => {
          this.setStates([role], stateOf(role));
        });
      }
    };
    const tellLoading = (fraction: number): void => {
      tell((role) => {
        const serving = this.modelFor(role)?.info;
        return { kind: "loading", path, fraction, ...(serving === undefined ? {} : { serving }) };
      });
    };
    tellLoading(0);
    try {
      const model = await this.engine.load(options, tellLoading, signal);
      this.loaded = [...this.loaded, { options, model }];
      tell(() => ({ kind: "ready", model: model.info }));
    } catch (error) {
      tell(() => ({ kind: "failed", path, error: errorData(error, path) }));
    }
  }

  /** The one that is wanted, else the one that it will replace. Nothing answers for a model that could not be loaded. */
  private modelFor(role: ModelRole): LanguageModel | undefined {
    const wanted = this.wanted.find(({ roles }) => roles.includes(role));
    if (wanted === undefined || this.state[role].kind === "failed") {
      return undefined;
    }
    const candidates = this.loaded.filter(({ options }) => options.roles.includes(role));
    return (candidates.find(({ options }) => isSame(options, wanted)) ?? candidates.at(-1))?.model;
  }

  private setStates(roles: readonly ModelRole[], state: ModelState): void {
    this.state = { ...this.state, ...Object.fromEntries(roles.map((role) => [role, state])) };
    this.onState(this.state);
  }
}

function isSame(a: LoadOptions, b: LoadOptions): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** One load for each file: a file that serves both roles is loaded once, with a sequence for each. */
function loadsFor(settings: EngineSettings): readonly LoadOptions[] {
  const { gpu, gpuLayers, threads, contextSize, adapters, completionModelPath, chatModelPath } = settings;
  const load = (path: string, roles: readonly ModelRole[]): LoadOptions[] =>
    path === "" ? [] : [{ path, roles, gpu, gpuLayers, threads, contextSize, adapters }];
  return completionModelPath === chatModelPath
    ? load(chatModelPath, ["completion", "chat"])
    : [...load(completionModelPath, ["completion"]), ...load(chatModelPath, ["chat"])];
}

function errorData(error: unknown, path: string): EngineErrorData {
  if (error instanceof EngineError) {
    return error.data;
  }
  return { code: "loadFailed", path, detail: error instanceof Error ? error.message : String(error) };
}

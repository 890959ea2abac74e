/**
 * Keeps the models that the settings ask for in memory and tells what state they are in. Loading belongs to nobody's
 * request: a cancelled request never aborts it, only other settings do.
 */
import { orAborted } from "../../base/abort";
import type { EngineState, ModelRole, ModelState } from "../../protocol/engine";
import { EngineError, type EngineErrorData } from "../../protocol/engineErrors";
import type { EngineSettings } from "../../protocol/engineSettings";
import type { Engine, LanguageModel, LoadOptions } from "./engine";

const STOPPED: ModelState = { kind: "stopped" };

export class ModelHost {
  private state: EngineState = { chat: STOPPED, completion: STOPPED };
  private readonly models = new Map<ModelRole, LanguageModel>();
  private wanted: readonly LoadOptions[] = [];
  private loading = new AbortController();
  private loaded: Promise<void> = Promise.resolve();
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
   * The model for a role, after its loading has ended. Fails with the coded reason where there is none. A request may come
   * before the client has told its settings (the one that is asked again after a crash does): it waits for them.
   */
  async model(role: ModelRole, signal: AbortSignal): Promise<LanguageModel> {
    await orAborted(this.configured, signal);
    while (this.state[role].kind === "loading") {
      await orAborted(this.loaded, signal);
    }
    const model = this.models.get(role);
    if (model !== undefined) {
      return model;
    }
    const state = this.state[role];
    throw new EngineError(state.kind === "failed" ? state.error : { code: "noModel", role });
  }

  /** The model for a role, if it is in memory now. */
  loadedModel(role: ModelRole): LanguageModel | undefined {
    return this.models.get(role);
  }

  async dispose(): Promise<void> {
    this.wanted = [];
    this.reload();
    await this.loaded;
    await this.engine.dispose();
  }

  private reload(): void {
    this.loading.abort();
    this.loading = new AbortController();
    const { signal } = this.loading;
    this.setStates(["chat", "completion"], STOPPED);
    for (const { roles, path } of this.wanted) {
      this.setStates(roles, { kind: "loading", path, fraction: 0 });
    }
    this.loaded = this.loadAll(this.loaded, this.wanted, signal);
  }

  private async loadAll(before: Promise<void>, wanted: readonly LoadOptions[], signal: AbortSignal): Promise<void> {
    await before;
    await this.unloadAll();
    for (const options of wanted) {
      if (!signal.aborted) {
        await this.loadOne(options, signal);
      }
    }
  }

  private async unloadAll(): Promise<void> {
    const models = new Set(this.models.values());
    this.models.clear();
    await Promise.all([...models].map((model) => model.dispose()));
  }

  private async loadOne(options: LoadOptions, signal: AbortSignal): Promise<void> {
    const { roles, path } = options;
    const tell = (state: ModelState): void => {
      if (!signal.aborted) {
        this.setStates(roles, state);
      }
    };
    try {
      const model = await this.engine.load(
        options,
        (fraction) => {
          tell({ kind: "loading", path, fraction });
        },
        signal,
      );
      roles.forEach((role) => this.models.set(role, model));
      tell({ kind: "ready", model: model.info });
    } catch (error) {
      tell({ kind: "failed", path, error: errorData(error, path) });
    }
  }

  private setStates(roles: readonly ModelRole[], state: ModelState): void {
    this.state = { ...this.state, ...Object.fromEntries(roles.map((role) => [role, state])) };
    this.onState(this.state);
  }
}

/** One load for each file: a file that serves both roles is loaded once, with a sequence for each. */
function loadsFor(settings: EngineSettings): readonly LoadOptions[] {
  const { gpu, gpuLayers, threads, contextSize, completionModelPath, chatModelPath } = settings;
  const load = (path: string, roles: readonly ModelRole[]): LoadOptions[] =>
    path === "" ? [] : [{ path, roles, gpu, gpuLayers, threads, contextSize }];
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

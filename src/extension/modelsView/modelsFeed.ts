/**
 * What the models view shows: asked of the engine while somebody looks, and again when settings, downloads or the process have
 * changed. Nothing here knows VS Code.
 */
import { DisposableList, type Disposable } from "../../base/disposables";
import type { Translate } from "../../base/localize";
import type { InstalledModel, ModelHeader, ModelHeaderParams, Verification } from "../../protocol/localModels";
import type { ModelOffers } from "../../protocol/modelOffers";
import type { ModelSource, UnfinishedDownload } from "../../protocol/models";
import type { Engine } from "../engineApi";
import { errorText } from "../errorText";
import { customModels } from "./customModels";
import type { ModelsFacts, RemoteHeader, ShownDownload } from "./facts";

export interface ModelsFeedParts {
  readonly engine: Pick<Engine, "state" | "onDidChangeState">;
  readonly hub: {
    offers(signal: AbortSignal): Promise<ModelOffers>;
    unfinished(signal: AbortSignal): Promise<readonly UnfinishedDownload[]>;
  };
  readonly local: {
    list(files: readonly string[], signal: AbortSignal): Promise<readonly InstalledModel[]>;
    header(source: ModelHeaderParams["source"], signal: AbortSignal): Promise<ModelHeader>;
  };
  readonly downloads: { readonly running: readonly ShownDownload[]; onDidChange(listener: () => void): Disposable };
  readonly settings: () => {
    readonly chatModelPath: string;
    readonly completionModelPath: string;
    readonly customModels: readonly string[];
  };
  readonly onDidChangeSettings: (listener: () => void) => Disposable;
  /** The user's folder, "" for none. */
  readonly home: string;
  readonly translate: Translate;
  readonly logError: (error: unknown) => void;
}

type Listed = Pick<ModelsFacts, "installed" | "listProblem" | "offers" | "unfinished">;

export class ModelsFeed implements Disposable {
  private readonly disposables = new DisposableList();
  private readonly ended = new AbortController();
  private readonly listeners = new Set<() => void>();
  private readonly headers = new Map<string, RemoteHeader>();
  private readonly verified = new Map<string, Verification>();
  private listed: Listed | undefined;
  private asking: Promise<void> | undefined;
  private isStale = true;
  private isWatched = false;
  private wasRunning = false;
  private runningDownloads = 0;

  constructor(private readonly parts: ModelsFeedParts) {
    this.disposables.add(
      parts.engine.onDidChangeState(() => {
        this.onEngineState();
      }),
    );
    this.disposables.add(
      parts.downloads.onDidChange(() => {
        this.onDownloads();
      }),
    );
    this.disposables.add(
      parts.onDidChangeSettings(() => {
        this.invalidate();
      }),
    );
    this.wasRunning = parts.engine.state.kind === "running";
  }

  /** `undefined` until it was asked for the first time, and while there is no engine to ask. */
  get facts(): ModelsFacts | undefined {
    const { engine, downloads, settings, home, translate } = this.parts;
    if (this.listed === undefined || engine.state.kind === "failed" || engine.state.kind === "stopped") {
      return undefined;
    }
    const { chatModelPath, completionModelPath, customModels: entries } = settings();
    return {
      ...this.listed,
      running: downloads.running,
      engine: engine.state,
      used: { chat: chatModelPath, completion: completionModelPath },
      custom: customModels(entries),
      headers: this.headers,
      verified: this.verified,
      home,
      translate,
    };
  }

  onDidChange(listener: () => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  /** Whether somebody sees what is shown; who begins to look gets what is there now. */
  set watched(watched: boolean) {
    this.isWatched = watched;
    if (watched) {
      this.invalidate();
    }
  }

  /** Asks for everything again, also for what is not asked by itself. Resolves when it is there. */
  async refresh(): Promise<void> {
    this.headers.clear();
    this.isStale = true;
    await this.ask();
  }

  /** Resolves when there is something to show, or nobody to ask. */
  async whenKnown(): Promise<void> {
    if (this.listed === undefined) {
      await this.ask();
    }
  }

  /** Reads the header of a file at its server, once. What goes wrong is shown in its place. */
  async askHeader(entry: string, source: ModelSource): Promise<void> {
    if (this.headers.has(entry)) {
      return;
    }
    try {
      const header = await this.parts.local.header(source, this.ended.signal);
      this.headers.set(entry, { kind: "known", header });
    } catch (error) {
      this.headers.set(entry, { kind: "failed", reason: errorText(error, this.parts.translate) });
    }
    this.changed();
  }

  setVerified(path: string, verification: Verification): void {
    this.verified.set(path, verification);
    this.changed();
  }

  /** The file has gone, or is another one. */
  forgetVerified(path: string): void {
    this.verified.delete(path);
    this.invalidate();
  }

  /** What is on the disk has changed. */
  invalidate(): void {
    this.isStale = true;
    if (this.isWatched) {
      void this.ask();
    }
    this.changed();
  }

  dispose(): void {
    this.ended.abort(new DOMException("the window closes", "AbortError"));
    this.disposables.dispose();
    this.listeners.clear();
  }

  private async ask(): Promise<void> {
    this.asking ??= this.askUntilFresh().finally(() => {
      this.asking = undefined;
    });
    await this.asking;
  }

  private async askUntilFresh(): Promise<void> {
    while (this.isStale && !this.ended.signal.aborted) {
      this.isStale = false;
      this.listed = await this.askOnce(this.ended.signal);
      this.changed();
    }
  }

  /** What cannot be had leaves the rest as it is. */
  private async askOnce(signal: AbortSignal): Promise<Listed | undefined> {
    const { hub, local, settings, translate } = this.parts;
    const { chatModelPath, completionModelPath, customModels: entries } = settings();
    const files = [
      chatModelPath,
      completionModelPath,
      ...customModels(entries).flatMap((custom) => (custom.kind === "file" ? [custom.path] : [])),
    ].filter((file) => file !== "");
    let listProblem: string | undefined;
    const [installed, offers, unfinished] = await Promise.all([
      this.orBefore(local.list([...new Set(files)], signal), this.listed?.installed ?? [], (error) => {
        listProblem = errorText(error, translate);
      }),
      this.orBefore(hub.offers(signal), this.listed?.offers),
      this.orBefore(hub.unfinished(signal), this.listed?.unfinished ?? []),
    ]);
    return { installed, offers, unfinished, ...(listProblem === undefined ? {} : { listProblem }) };
  }

  private async orBefore<T>(asked: Promise<T>, before: T, failed?: (error: unknown) => void): Promise<T> {
    try {
      return await asked;
    } catch (error) {
      if (!this.ended.signal.aborted) {
        this.parts.logError(error);
        failed?.(error);
      }
      return before;
    }
  }

  private onEngineState(): void {
    const isRunning = this.parts.engine.state.kind === "running";
    if (isRunning && !this.wasRunning) {
      this.invalidate(); // another process may find other models
    }
    this.wasRunning = isRunning;
    this.changed();
  }

  private onDownloads(): void {
    const { length } = this.parts.downloads.running;
    const ended = length < this.runningDownloads;
    this.runningDownloads = length;
    if (ended) {
      this.invalidate();
    } else {
      this.changed();
    }
  }

  private changed(): void {
    for (const listener of [...this.listeners]) {
      listener();
    }
  }
}

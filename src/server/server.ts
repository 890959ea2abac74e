/** The life of the inference process on one connection: handshake, settings, state of the models, shutdown. */
import {
  DidChangeConfigurationNotification,
  PositionEncodingKind,
  TextDocumentSyncKind,
  type ClientCapabilities,
  type Connection,
  type InitializeParams,
  type InitializeResult,
} from "vscode-languageserver/node";
import { isRecord } from "../base/json";
import { CompletionFiguresNotification } from "../protocol/completion";
import { announcesDeclarations } from "../protocol/declarations";
import { EngineStateNotification, type EngineState } from "../protocol/engine";
import { parseEngineSettings } from "../protocol/engineSettings";
import { askDeclarations } from "./askDeclarations";
import { CrossFileContext } from "./context/crossFile";
import { Declarations } from "./context/declarations";
import { Exclusion } from "./context/exclusion";
import { RecentEdits } from "./context/recentEdits";
import { WorkspaceFolders } from "./context/workspaceFolders";
import type { Engine } from "./engine/engine";
import { IdleTimer } from "./engine/idleTimer";
import { ModelHost } from "./engine/modelHost";
import { Scheduler } from "./engine/scheduler";
import { Documents } from "./documents";
import { measureMemoryBytesPerSecond } from "./models/fit/bandwidth";
import { HubProcess } from "./models/hubProcess";
import { LastPromptRecord } from "./lastPrompt";
import { LoadingProgress } from "./loadingProgress";
import { InstalledModels } from "./models/installedModels";
import { machineNow, type MachineNow } from "./models/machineNow";
import { serve } from "./serve";

/** What serves a connection, by the one that starts it. */
export interface ServerOptions {
  readonly connection: Connection;
  readonly engine: Engine;
  /** Absolute path of the hub process's program. */
  readonly hubModule: string;
}

/** Serves a connection with an engine until the client says `exit`. */
export function startServer(options: ServerOptions): void {
  new Server(options).listen();
}

class Server {
  private client: ClientCapabilities = {};
  /** The `llama2` section as `initialize` brought it, for clients that do not answer `workspace/configuration`. */
  private initialSection: unknown;
  private settings = parseEngineSettings(undefined);
  private progress: LoadingProgress | undefined;
  private readonly folders = new WorkspaceFolders();
  private readonly lastPrompt = new LastPromptRecord();
  private readonly scheduler = new Scheduler(() => {
    this.idle.touch();
  });
  private readonly models: ModelHost;
  private readonly hub: HubProcess;
  private readonly installed: InstalledModels;
  private readonly engine: Engine;
  private memoryBytesPerSecond: number | undefined;
  private readonly connection: Connection;
  private settingsAreKnown: () => void = () => undefined;
  private readonly configured = new Promise<void>((resolve) => (this.settingsAreKnown = resolve));
  private readonly idle: IdleTimer;

  constructor({ connection, engine, hubModule }: ServerOptions) {
    this.connection = connection;
    this.engine = engine;
    this.hub = new HubProcess({
      modulePath: hubModule,
      settings: async () => {
        await this.configured;
        return { endpoint: this.settings.hubEndpoint, cacheFolder: this.settings.hubCacheFolder };
      },
      log: (message) => {
        connection.console.info(message);
      },
    });
    this.models = new ModelHost(engine, (state) => {
      this.tellState(state);
    });
    this.installed = new InstalledModels(this.hub, this.models, () => this.machine());
    this.idle = new IdleTimer(
      () => this.scheduler.isIdle && Object.values(this.models.current).every(({ kind }) => kind !== "loading"),
      () => void this.models.unload(),
    );
  }

  listen(): void {
    const { connection } = this;
    connection.onInitialize((params) => this.initialize(params));
    connection.onInitialized(() => this.initialized());
    connection.onDidChangeConfiguration(({ settings }) => this.readSettings(sectionOf(settings)));
    connection.onShutdown(() => {
      this.hub.dispose();
      this.idle.stop();
      return this.models.dispose();
    });

    const { folders } = this;
    const exclusion = new Exclusion(folders, () => this.settings.exclude);
    const edits = new RecentEdits();
    const documents = new Documents((document, line) => {
      edits.edited(document, line);
      if (this.models.current.completion.kind === "ready" && !exclusion.isExcluded(documents.fileOf(document.uri))) {
        declarations.lookUp(document, line);
      }
    });
    const declarations = new Declarations({
      ask: (params, signal) => (announcesDeclarations(this.client) ? askDeclarations(connection, params, signal) : []),
      versionOf: (uri) => documents.find(uri)?.version,
      now: () => performance.now(),
      logError: (error) => {
        connection.console.warn(`declarations: ${String(error)}`);
      },
    });
    documents.listen(connection);
    serve(connection, {
      documents,
      exclusion,
      pathInWorkspace: (uri) => {
        const { folder, path } = folders.locate(documents.fileOf(uri));
        return folder === undefined ? undefined : path;
      },
      crossFile: new CrossFileContext({
        edits,
        declarations,
        exclusion,
        folders,
        openDocuments: () => documents.all(),
        fileOf: (uri) => documents.fileOf(uri),
      }),
      models: this.models,
      machine: () => this.machine(),
      installed: this.installed,
      loadBeside: (options, signal) => this.engine.load(options, () => undefined, signal),
      hub: this.hub,
      scheduler: this.scheduler,
      lastPrompt: this.lastPrompt,
      settings: () => this.settings,
      tellFigures: (figures) => {
        setImmediate(() => void connection.sendNotification(CompletionFiguresNotification.type, figures));
      },
      trace: (message) => {
        connection.tracer.log(message);
      },
    });
    connection.listen();
  }

  private initialize(params: InitializeParams): InitializeResult {
    const { capabilities, workspaceFolders } = params;
    this.folders.set((workspaceFolders ?? []).map(({ uri }) => uri));
    this.client = capabilities;
    this.initialSection = params.initializationOptions;
    return {
      serverInfo: { name: "llama2-assistant" },
      capabilities: {
        positionEncoding: PositionEncodingKind.UTF16,
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        notebookDocumentSync: { notebookSelector: [{ notebook: "*", cells: [{ language: "*" }] }] },
        inlineCompletionProvider: true,
      },
    };
  }

  private async initialized(): Promise<void> {
    const { window, workspace } = this.client;
    this.progress = window?.workDoneProgress === true ? new LoadingProgress(this.connection) : undefined;
    if (workspace?.didChangeConfiguration?.dynamicRegistration === true) {
      await this.connection.client.register(DidChangeConfigurationNotification.type, { section: "llama2" });
    }
    this.tellState(this.models.current);
    await this.readSettings(this.initialSection);
  }

  /** Takes the settings from the client where it can be asked, else those that it sent. */
  private async readSettings(sent: unknown): Promise<void> {
    const asks = this.client.workspace?.configuration === true;
    const section: unknown = asks ? await this.connection.workspace.getConfiguration("llama2") : sent;
    this.settings = parseEngineSettings(section ?? this.initialSection);
    this.settingsAreKnown();
    this.idle.configure(this.settings.idleUnloadMinutes);
    if (this.models.configure(this.settings)) {
      this.lastPrompt.clear();
    }
  }

  private async machine(): Promise<MachineNow> {
    this.memoryBytesPerSecond ??= measureMemoryBytesPerSecond();
    return machineNow({
      graphics: await this.engine.graphics(this.settings),
      availableBytes: process.availableMemory(),
      memoryBytesPerSecond: this.memoryBytesPerSecond,
      loaded: this.models.inMemory,
      shapeOf: (path) => this.installed.shapeOf(path),
      settings: this.settings,
    });
  }

  private tellState(state: EngineState): void {
    this.progress?.update(state);
    this.idle.touch();
    void this.connection.sendNotification(EngineStateNotification.type, state);
  }
}

/** Clients that push settings send the whole tree, or just our section. */
function sectionOf(pushed: unknown): unknown {
  return isRecord(pushed) && "llama2" in pushed ? pushed["llama2"] : pushed;
}

/**
 * Spawns an inference process and speaks LSP to it as an editor would. What the process says (states, log, progress) is
 * kept, and can be awaited.
 */
import { fork, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import {
  createProtocolConnection,
  IPCMessageReader,
  IPCMessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
  type ProtocolConnection,
} from "vscode-languageserver-protocol/node";
import {
  ConfigurationRequest,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  InlineCompletionRequest,
  InlineCompletionTriggerKind,
  LogMessageNotification,
  RegistrationRequest,
  ShutdownRequest,
  WorkDoneProgress,
  WorkDoneProgressCreateRequest,
  type CancellationToken,
  type InitializeResult,
  type InlineCompletionItem,
  type Position,
  type Range,
  type WorkspaceFolder,
} from "vscode-languageserver-protocol";
import {
  ChatRequest,
  EngineStateNotification,
  ExplainRequest,
  type ChatParams,
  type ChatResult,
  type EngineState,
  type ExplainParams,
  type ExplainResult,
} from "../../src/protocol/engine";
import { projectRoot } from "../command";

const builtServer = path.join(projectRoot, "dist/server.js");

export interface ServerOptions {
  /** The `llama2` section of the client's settings. */
  readonly settings?: Record<string, unknown>;
  readonly transport?: "ipc" | "stdio";
  /** Another entry than the built server, as arguments for node. */
  readonly entry?: readonly string[];
  readonly env?: Record<string, string>;
  /** What the client announces beyond LSP. */
  readonly experimental?: Readonly<Record<string, unknown>>;
  readonly workspaceFolders?: readonly WorkspaceFolder[];
}

export interface StreamOptions {
  readonly token?: CancellationToken;
  readonly onChunk?: (text: string) => void;
}

export interface Streamed<T> {
  readonly result: T;
  /** The pieces together. */
  readonly streamed: string;
  readonly chunks: number;
}

export class LspClient {
  readonly states: EngineState[] = [];
  readonly log: string[] = [];
  readonly progress: unknown[] = [];
  initializeResult: InitializeResult | undefined;
  private stateListeners: (() => void)[] = [];
  private nextToken = 0;

  private constructor(
    readonly process: ChildProcess,
    readonly connection: ProtocolConnection,
    private settings: Record<string, unknown>,
  ) {}

  /** Starts a process and does the LSP handshake; settings are answered to `workspace/configuration`. */
  static async start(options: ServerOptions = {}): Promise<LspClient> {
    const { entry = [builtServer], transport = "ipc", settings = {}, env = {} } = options;
    const child = startProcess(entry, transport, env);
    const connection =
      transport === "ipc"
        ? createProtocolConnection(new IPCMessageReader(child), new IPCMessageWriter(child))
        : createProtocolConnection(
            new StreamMessageReader(required(child.stdout)),
            new StreamMessageWriter(required(child.stdin)),
          );
    const client = new LspClient(child, connection, settings);
    await client.handshake(options);
    return client;
  }

  private async handshake({ experimental, workspaceFolders = [] }: ServerOptions): Promise<void> {
    const { connection } = this;
    connection.onNotification(EngineStateNotification.type, (state) => {
      this.states.push(state);
      this.stateListeners.forEach((listener) => {
        listener();
      });
    });
    connection.onNotification(LogMessageNotification.type, ({ message }) => {
      this.log.push(message);
    });
    connection.onRequest(ConfigurationRequest.type, ({ items }) => items.map(() => this.settings));
    connection.onRequest(RegistrationRequest.type, () => undefined);
    connection.onRequest(WorkDoneProgressCreateRequest.type, ({ token }) => {
      connection.onProgress(WorkDoneProgress.type, token, (value) => {
        this.progress.push(value);
      });
    });
    connection.listen();
    this.initializeResult = await connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- still a required part of the request
      rootUri: null,
      workspaceFolders: [...workspaceFolders],
      capabilities: {
        ...(experimental === undefined ? {} : { experimental }),
        notebookDocument: { synchronization: {} },
        general: { positionEncodings: ["utf-16"] },
        textDocument: { inlineCompletion: {} },
        window: { workDoneProgress: true },
        workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } },
      },
    });
    await connection.sendNotification(InitializedNotification.type, {});
  }

  /** Resolves with the first state, from now on or the latest one, that satisfies the condition. */
  async state(condition: (state: EngineState) => boolean): Promise<EngineState> {
    for (;;) {
      const latest = this.states.at(-1);
      if (latest !== undefined && condition(latest)) {
        return latest;
      }
      await new Promise<void>((resolve) => {
        this.stateListeners = [resolve];
      });
    }
  }

  /** Resolves when both roles have ended loading. */
  settled(): Promise<EngineState> {
    return this.state(
      (state) => state.chat.kind !== "loading" && state.completion.kind !== "loading" && this.asked(state),
    );
  }

  private asked(state: EngineState): boolean {
    const wants = (role: "chat" | "completion"): boolean => {
      const section = this.settings[role];
      return typeof section === "object" && section !== null && "modelPath" in section && section.modelPath !== "";
    };
    return (
      (!wants("chat") || state.chat.kind !== "stopped") && (!wants("completion") || state.completion.kind !== "stopped")
    );
  }

  async configure(settings: Record<string, unknown>): Promise<void> {
    this.settings = settings;
    this.states.length = 0;
    await this.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
  }

  async open(uri: string, text: string, languageId = "python"): Promise<void> {
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  async change(uri: string, version: number, range: Range, text: string): Promise<void> {
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version },
      contentChanges: [{ range, text }],
    });
  }

  async close(uri: string): Promise<void> {
    await this.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
  }

  /** Asks for an inline completion, as by a keystroke or, with `invoked`, by the user's command. */
  async complete(
    uri: string,
    position: Position,
    { invoked = false, token }: { invoked?: boolean; token?: CancellationToken } = {},
  ): Promise<InlineCompletionItem[]> {
    const triggerKind = invoked ? InlineCompletionTriggerKind.Invoked : InlineCompletionTriggerKind.Automatic;
    const params = { textDocument: { uri }, position, context: { triggerKind } };
    const result = await this.connection.sendRequest(InlineCompletionRequest.type, params, token);
    return Array.isArray(result) ? result : (result?.items ?? []);
  }

  /** Asks a chat question and collects what is streamed. */
  async chat(params: ChatParams, options: StreamOptions = {}): Promise<Streamed<ChatResult>> {
    return this.streaming(options, (partialResultToken) =>
      this.connection.sendRequest(ChatRequest.type, { ...params, partialResultToken }, options.token),
    );
  }

  /** Asks for an explanation and collects what is streamed. */
  async explain(params: ExplainParams, options: StreamOptions = {}): Promise<Streamed<ExplainResult>> {
    return this.streaming(options, (partialResultToken) =>
      this.connection.sendRequest(ExplainRequest.type, { ...params, partialResultToken }, options.token),
    );
  }

  private async streaming<T>(
    { onChunk }: StreamOptions,
    send: (partialResultToken: string) => Promise<T>,
  ): Promise<Streamed<T>> {
    const token = `chunks-${String(this.nextToken++)}`;
    const pieces: string[] = [];
    const subscription = this.connection.onProgress(ChatRequest.type, token, ({ text }) => {
      pieces.push(text);
      onChunk?.(text);
    });
    try {
      const result = await send(token);
      return { result, streamed: pieces.join(""), chunks: pieces.length };
    } finally {
      subscription.dispose();
    }
  }

  /** Shuts the process down as LSP says; resolves to its exit code. */
  async stop(): Promise<number | null> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) {
      return this.process.exitCode;
    }
    const exited = once(this.process, "exit");
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.connection.sendNotification(ExitNotification.type);
    await exited;
    this.connection.dispose();
    return this.process.exitCode;
  }
}

function startProcess(entry: readonly string[], transport: "ipc" | "stdio", env: Record<string, string>): ChildProcess {
  const options = { env: { ...process.env, ...env }, cwd: projectRoot };
  if (transport === "stdio") {
    return spawn(process.execPath, [...entry, "--stdio"], { ...options, stdio: ["pipe", "pipe", "pipe"] });
  }
  const module = entry.at(-1) ?? builtServer;
  return fork(module, ["--node-ipc"], {
    ...options,
    execArgv: entry.slice(0, -1),
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
}

function required<T>(value: T | null): T {
  if (value === null) {
    throw new Error("the process has no such stream");
  }
  return value;
}

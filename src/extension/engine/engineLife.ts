/**
 * One life of the inference process: the process, and the language client that speaks to it. When either ends, the life
 * is lost and engineClient.ts begins another; nothing is carried over but what the language client reads from VS Code
 * again (open documents, settings).
 */
import * as vscode from "vscode";
import {
  CloseAction,
  ErrorAction,
  ErrorCodes,
  ResponseError,
  type LanguageClientOptions,
  type ProgressType,
  type ProtocolRequestType,
  type ProtocolRequestType0,
  type RequestParam,
} from "vscode-languageclient/node";
import { orAborted } from "../../base/abort";
import { DeclarationsRequest } from "../../protocol/declarations";
import { CompletionFiguresNotification, type CompletionFigures } from "../../protocol/completion";
import { EngineStateNotification, type EngineState } from "../../protocol/engine";
import { ENGINE_ERROR, EngineError, parseEngineErrorData } from "../../protocol/engineErrors";
import { SETTINGS_SECTION } from "../contributions";
import { errorDetail } from "../errorText";
import { ConnectionLost } from "./connectionLost";
import { findDeclarations } from "./declarationFinder";
import { DocumentGate } from "./documentGate";
import { QuietLanguageClient } from "./quietLanguageClient";
import { ServerProcess, type ServerLaunch } from "./serverProcess";

/** How long the process may take to end after it was asked to. */
const STOP_GRACE_MS = 2_000;

export interface EngineLifeOptions {
  readonly launch: ServerLaunch;
  readonly log: vscode.LogOutputChannel;
  readonly onEngineState: (models: EngineState) => void;
  readonly onCompletionFigures: (figures: CompletionFigures) => void;
}

export class EngineLife {
  private readonly loss = new AbortController();
  private readonly process: ServerProcess;
  private readonly client: QuietLanguageClient;
  private readonly gate = new DocumentGate();

  constructor(options: EngineLifeOptions) {
    const markLost = (): void => {
      this.loss.abort(new ConnectionLost());
    };
    this.process = new ServerProcess(options.launch, options.log);
    void this.process.ended.then(markLost);
    this.client = this.createClient(options, markLost);
    this.client.onNotification(EngineStateNotification.type, options.onEngineState);
    this.client.onRequest(DeclarationsRequest.type, (params, token) =>
      findDeclarations(params, token, (error) => {
        options.log.debug(`declarations: ${errorDetail(error)}`);
      }),
    );
    this.client.onNotification(CompletionFiguresNotification.type, options.onCompletionFigures);
  }

  /** Aborted when the process is gone, or can no longer be spoken to. */
  get lost(): AbortSignal {
    return this.loss.signal;
  }

  get isLost(): boolean {
    return this.loss.signal.aborted;
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  isSynced(uri: string): boolean {
    return this.gate.isSynced(uri);
  }

  /** Resolves when the server has answered `initialize` and the open documents have been sent to it. */
  async start(): Promise<void> {
    await this.client.start();
  }

  /** Asks the process to end, and sees to it that it does. Resolves with why it ended. */
  async stop(): Promise<string> {
    try {
      await this.client.dispose(STOP_GRACE_MS);
    } catch (error) {
      // It hangs, or is already gone; end() does the rest.
      this.client.debug("stopping the language client", error, false);
    }
    return this.process.end(STOP_GRACE_MS);
  }

  /** Cancels the request when the signal aborts; the server then answers with what there is, or with an error. */
  async request<P, R, PR, E, RO>(
    type: ProtocolRequestType<P, R, PR, E, RO>,
    params: RequestParam<P>,
    signal: AbortSignal,
  ): Promise<R> {
    return this.send((token) => this.client.sendRequest(type, params, token), signal);
  }

  /** For types that the library's signature is too narrow for. */
  async requestByName<R>(method: string, params: object, signal: AbortSignal): Promise<R> {
    return this.send((token) => this.client.sendRequest<R>(method, params, token), signal);
  }

  async request0<R, PR, E, RO>(type: ProtocolRequestType0<R, PR, E, RO>, signal: AbortSignal): Promise<R> {
    return this.send((token) => this.client.sendRequest(type, token), signal);
  }

  /** Calls back for each piece of the answer whose request carries this token as `partialResultToken`. */
  onPartialResult<PR>(
    type: ProgressType<PR>,
    partialResultToken: string,
    listener: (piece: PR) => void,
  ): vscode.Disposable {
    return this.client.onProgress(type, partialResultToken, listener);
  }

  private async send<R>(send: (token: vscode.CancellationToken) => Promise<R>, signal: AbortSignal): Promise<R> {
    signal.throwIfAborted();
    const source = new vscode.CancellationTokenSource();
    const cancel = (): void => {
      source.cancel();
    };
    signal.addEventListener("abort", cancel, { once: true });
    try {
      return await orAborted(send(source.token), this.loss.signal);
    } catch (error) {
      throw this.asFailure(error);
    } finally {
      signal.removeEventListener("abort", cancel);
      source.dispose();
    }
  }

  private asFailure(error: unknown): unknown {
    if (this.isLost) {
      return new ConnectionLost({ cause: error });
    }
    if (error instanceof ResponseError) {
      if (error.code === ErrorCodes.PendingResponseRejected || error.code === ErrorCodes.ConnectionInactive) {
        return new ConnectionLost({ cause: error });
      }
      const data = error.code === ENGINE_ERROR ? parseEngineErrorData(error.data) : undefined;
      return data === undefined ? error : new EngineError(data, { cause: error });
    }
    return error;
  }

  private createClient(options: EngineLifeOptions, onClosed: () => void): QuietLanguageClient {
    const clientOptions: LanguageClientOptions = {
      documentSelector: [{ language: "*" }],
      outputChannel: options.log,
      middleware: {
        ...this.gate.middleware,
        // The status bar shows how far loading is; VS Code's own progress would say it twice.
        handleWorkDoneProgress: () => undefined,
      },
      // A life ends with its connection: never restarted here.
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => {
          onClosed();
          return { action: CloseAction.DoNotRestart, handled: true };
        },
      },
      initializationFailedHandler: () => false,
    };
    const transports = this.process.transports;
    return new QuietLanguageClient(SETTINGS_SECTION, "Llama 2", () => Promise.resolve(transports), clientOptions);
  }
}

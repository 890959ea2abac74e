/**
 * The extension's side of the inference process: keeps one running, says in which state it is, and passes requests to
 * it. When it dies it is started again as restartPolicy.ts says, and what was asked and not yet answered is asked again.
 */
import * as vscode from "vscode";
import type { ProtocolRequestType } from "vscode-languageclient/node";
import type { Disposable } from "../../base/disposables";
import {
  CompletionRequest,
  parseCompletionResult,
  type CompletionAnswer,
  type CompletionFigures,
  type CompletionParams,
} from "../../protocol/completion";
import {
  ChatRequest,
  CountTokensRequest,
  ExplainRequest,
  InspectModelRequest,
  LastPromptRequest,
  UnloadModelsRequest,
  type ChatResult,
  type EngineState,
  type ExplainResult,
  type LastPrompt,
  type ModelDescription,
  type TokenCounts,
} from "../../protocol/engine";
import { EngineError } from "../../protocol/engineErrors";
import type { AnswerSink, ChatQuestion, ConnectionState, Engine, ExplainQuestion } from "../engineApi";
import { ConnectionLost, askAgainOnce } from "./connectionLost";
import { EngineLife } from "./engineLife";
import type { RestartPolicy } from "./restartPolicy";
import type { ServerLaunch } from "./serverProcess";
import { streaming } from "./streaming";

const NO_MODELS: EngineState = { chat: { kind: "stopped" }, completion: { kind: "stopped" } };

export interface EngineClientOptions {
  readonly launch: ServerLaunch;
  readonly log: vscode.LogOutputChannel;
  readonly restartPolicy: RestartPolicy;
}

export class EngineClient implements Engine, Disposable {
  private readonly stateChanged = new vscode.EventEmitter<ConnectionState>();
  private readonly completed = new vscode.EventEmitter<CompletionFigures>();
  private currentState: ConnectionState = { kind: "stopped" };
  private life: EngineLife | undefined;
  private restartTimer: NodeJS.Timeout | undefined;
  private restartInProgress: Promise<void> | undefined;
  private disposed = false;
  private answersInProgress = 0;

  constructor(private readonly options: EngineClientOptions) {}

  get state(): ConnectionState {
    return this.currentState;
  }

  /** Of the running process; for tests and the log. */
  get pid(): number | undefined {
    return this.life?.pid;
  }

  onDidChangeState(listener: (state: ConnectionState) => void): Disposable {
    return this.stateChanged.event(listener);
  }

  onDidComplete(listener: (figures: CompletionFigures) => void): Disposable {
    return this.completed.event(listener);
  }

  /** Begins a life. Whoever wants to know how it goes watches the state. */
  start(): void {
    const life = new EngineLife({
      ...this.options,
      onEngineState: (models) => {
        if (life === this.life && !life.isLost) {
          this.setState({ kind: "running", models });
        }
      },
      onCompletionFigures: (figures) => {
        this.completed.fire(figures);
      },
    });
    this.life = life;
    this.setState({ kind: "starting" });
    life.lost.addEventListener("abort", () => void this.afterLoss(life), { once: true });
    void this.awaitStart(life);
  }

  /** Ends the process and starts a new one; crashes so far are forgotten. Resolves when the new one is starting. */
  restart(): Promise<void> {
    this.restartInProgress ??= this.restartNow().finally(() => {
      this.restartInProgress = undefined;
    });
    return this.restartInProgress;
  }

  chat(question: ChatQuestion, sink: AnswerSink, signal: AbortSignal): Promise<ChatResult> {
    return this.answer(
      (life, partialResultToken) => life.request(ChatRequest.type, { ...question, partialResultToken }, signal),
      sink,
      signal,
    );
  }

  explain(question: ExplainQuestion, sink: AnswerSink, signal: AbortSignal): Promise<ExplainResult> {
    return this.answer(
      (life, partialResultToken) => life.request(ExplainRequest.type, { ...question, partialResultToken }, signal),
      sink,
      signal,
    );
  }

  async complete(params: CompletionParams, signal: AbortSignal): Promise<CompletionAnswer> {
    if (this.life === undefined || this.currentState.kind !== "running") {
      throw new ConnectionLost();
    }
    return parseCompletionResult(await this.life.request(CompletionRequest.type, params, signal));
  }

  get isAnswering(): boolean {
    return this.answersInProgress > 0;
  }

  inspectModel(path: string, signal: AbortSignal): Promise<ModelDescription> {
    return this.ask(
      (life) => life.request(InspectModelRequest.type, { path }, signal),
      () => undefined,
      signal,
    );
  }

  async unloadModels(signal: AbortSignal): Promise<void> {
    await this.ask(
      (life) => life.request0(UnloadModelsRequest.type, signal),
      () => undefined,
      signal,
    );
  }

  lastPrompt(signal: AbortSignal): Promise<LastPrompt | null> {
    return this.ask(
      (life) => life.request0(LastPromptRequest.type, signal),
      () => undefined,
      signal,
    );
  }

  async countTokens(question: ChatQuestion, signal: AbortSignal): Promise<TokenCounts | null> {
    return this.life === undefined || this.currentState.kind !== "running"
      ? null
      : this.life.request(CountTokensRequest.type, question, signal);
  }

  request<P extends object, R, PR>(
    type: ProtocolRequestType<P, R, PR, void, void>,
    params: P,
    signal: AbortSignal,
    onPartialResult?: (piece: PR) => void,
  ): Promise<R> {
    const send = (life: EngineLife, partialResultToken: string): Promise<R> =>
      life.requestByName(type.method, { ...params, partialResultToken }, signal);
    return this.ask(
      (life) => streaming(life, type, send, onPartialResult ?? (() => undefined)),
      () => undefined,
      signal,
    );
  }

  isSynced(uri: string): boolean {
    return this.life?.isSynced(uri) ?? false;
  }

  /** The process is asked to end; it also ends by itself when VS Code's end of the channel goes. */
  dispose(): void {
    this.disposed = true;
    clearTimeout(this.restartTimer);
    const life = this.life;
    this.life = undefined;
    this.setState({ kind: "stopped" });
    this.stateChanged.dispose();
    this.completed.dispose();
    void life?.stop();
  }

  private async answer<R>(
    send: (life: EngineLife, partialResultToken: string) => Promise<R>,
    sink: AnswerSink,
    signal: AbortSignal,
  ): Promise<R> {
    const attempt = (life: EngineLife): Promise<R> =>
      streaming(life, ChatRequest.type, send, ({ text }) => {
        sink.append(text);
      });
    const startOver = (): void => {
      sink.startOver();
    };
    this.answersInProgress++;
    try {
      return await this.ask(attempt, startOver, signal);
    } finally {
      this.answersInProgress--;
    }
  }

  private async ask<R>(send: (life: EngineLife) => Promise<R>, onAgain: () => void, signal: AbortSignal): Promise<R> {
    try {
      return await askAgainOnce(async () => send(await this.whenRunning(signal)), onAgain, signal);
    } catch (error) {
      if (error instanceof ConnectionLost) {
        throw new EngineError({ code: "crashed", detail: error.message }, { cause: error });
      }
      throw error;
    }
  }

  private whenRunning(signal: AbortSignal): Promise<EngineLife> {
    return new Promise((resolve, reject) => {
      const settle = (): boolean => {
        const { life, currentState: state } = this;
        if (signal.aborted) {
          reject(signal.reason instanceof Error ? signal.reason : new DOMException("aborted", "AbortError"));
        } else if (state.kind === "running" && life !== undefined && !life.isLost) {
          resolve(life);
        } else if (state.kind === "failed" || state.kind === "stopped") {
          const detail = state.kind === "failed" ? state.detail : "it was stopped";
          reject(new EngineError({ code: "crashed", detail }));
        } else {
          return false;
        }
        return true;
      };
      if (settle()) {
        return;
      }
      const onEvent = (): void => {
        if (settle()) {
          subscription.dispose();
          signal.removeEventListener("abort", onEvent);
        }
      };
      const subscription = this.stateChanged.event(onEvent);
      signal.addEventListener("abort", onEvent);
    });
  }

  private async awaitStart(life: EngineLife): Promise<void> {
    try {
      await life.start();
    } catch (error) {
      this.options.log.error(`the inference process did not start: ${String(error)}`);
      await life.stop(); // which makes it lost
      return;
    }
    if (life !== this.life || life.isLost) {
      return;
    }
    this.options.log.info(`inference process ${String(life.pid)} runs`);
    if (this.currentState.kind !== "running") {
      this.setState({ kind: "running", models: NO_MODELS });
    }
  }

  private async afterLoss(life: EngineLife): Promise<void> {
    if (life !== this.life) {
      return; // it was stopped on purpose
    }
    this.setState({ kind: "restarting", detail: "" });
    const detail = await life.stop();
    if (life !== this.life) {
      return;
    }
    const decision = this.options.restartPolicy.afterCrash(performance.now());
    if (decision.kind === "giveUp") {
      this.options.log.error(
        `inference process ended (${detail}), crash ${String(decision.crashes)}: not started again`,
      );
      this.setState({ kind: "failed", detail });
      return;
    }
    this.options.log.error(`inference process ended (${detail}); next start in ${String(decision.delayMs)} ms`);
    this.setState({ kind: "restarting", detail });
    this.restartTimer = setTimeout(() => {
      this.start();
    }, decision.delayMs);
  }

  private async restartNow(): Promise<void> {
    this.options.restartPolicy.reset();
    clearTimeout(this.restartTimer);
    const life = this.life;
    this.life = undefined;
    this.setState({ kind: "starting" });
    await life?.stop();
    if (!this.disposed) {
      this.start();
    }
  }

  private setState(state: ConnectionState): void {
    this.currentState = state;
    this.stateChanged.fire(state);
  }
}

/**
 * Passes requests to the inference process that runs. When it dies, what was asked and not yet answered is asked once more of
 * the next one.
 */
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
  type ExplainResult,
  type LastPrompt,
  type ModelDescription,
  type TokenCounts,
} from "../../protocol/engine";
import { EngineError } from "../../protocol/engineErrors";
import type { AnswerSink, ChatQuestion, ConnectionState, Engine, ExplainQuestion } from "../engineApi";
import { ConnectionLost, askAgainOnce } from "./connectionLost";
import type { EngineLife } from "./engineLife";
import type { EngineSupervisor } from "./engineSupervisor";
import { streaming } from "./streaming";

export class EngineClient implements Engine {
  private answersInProgress = 0;

  constructor(private readonly supervisor: EngineSupervisor) {}

  get state(): ConnectionState {
    return this.supervisor.state;
  }

  onDidChangeState(listener: (state: ConnectionState) => void): Disposable {
    return this.supervisor.onDidChangeState(listener);
  }

  onDidComplete(listener: (figures: CompletionFigures) => void): Disposable {
    return this.supervisor.onDidComplete(listener);
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
    const { running } = this.supervisor;
    if (running === undefined) {
      throw new ConnectionLost();
    }
    return parseCompletionResult(await running.request(CompletionRequest.type, params, signal));
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
    return this.supervisor.running?.request(CountTokensRequest.type, question, signal) ?? null;
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

  restart(): Promise<void> {
    return this.supervisor.restart();
  }

  isSynced(uri: string): boolean {
    return this.supervisor.current?.isSynced(uri) ?? false;
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
      return await askAgainOnce(async () => send(await this.supervisor.whenRunning(signal)), onAgain, signal);
    } catch (error) {
      if (error instanceof ConnectionLost) {
        throw new EngineError({ code: "crashed", detail: error.message }, { cause: error });
      }
      throw error;
    }
  }
}

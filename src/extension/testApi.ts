/** What tests see of a running extension, which is not to be seen from outside. Not exported in production. */
import type { FromView, ToView, ViewAttachment, ViewMessage } from "../protocol/chatView";
import type { LastPrompt, ModelDescription } from "../protocol/engine";
import type { Chat } from "./chat/chat";
import type { EngineSupervisor } from "./engine/engineSupervisor";
import type { ConnectionState, Engine } from "./engineApi";
import type { Models } from "./models/models";
import type { ModelsView } from "./modelsView/modelsView";
import type { ModelsViewParts } from "./modelsView/modelsViewParts";
import type { StatusBar } from "./statusBar";
import type { StatusText } from "./statusText";
import type { Disposable } from "../base/disposables";

export interface TestApi {
  readonly enginePid: () => number | undefined;
  readonly engineState: () => ConnectionState;
  readonly onDidChangeEngineState: (listener: (state: ConnectionState) => void) => Disposable;
  readonly inspectModel: (path: string) => Promise<ModelDescription>;
  readonly messages: () => readonly ViewMessage[];
  readonly pending: () => readonly ViewAttachment[];
  /** Does what the chat page would ask for; for `send`, resolves when the answer has ended. */
  readonly fromPage: (message: FromView) => Promise<void>;
  /** Every message to the page, in order: a state that lasts for an instant is seen too. */
  readonly onDidPost: (listener: (message: ToView) => void) => Disposable;
  readonly status: () => StatusText;
  readonly models: () => Models;
  readonly modelsView: () => ModelsView;
  readonly lastPrompt: () => Promise<LastPrompt | null>;
}

interface Parts {
  readonly supervisor: EngineSupervisor;
  readonly engine: Engine;
  readonly chat: Chat;
  readonly models: Models;
  readonly modelsView: ModelsViewParts;
  readonly statusBar: StatusBar;
}

export function testApi({ supervisor, engine, chat, models, modelsView, statusBar }: Parts): TestApi {
  return {
    enginePid: () => supervisor.current?.pid,
    engineState: () => engine.state,
    onDidChangeEngineState: (listener) => engine.onDidChangeState(listener),
    inspectModel: (path) => engine.inspectModel(path, new AbortController().signal),
    messages: () => chat.conversation.messages,
    pending: () => chat.conversation.snapshot().pending,
    fromPage: (message) => chat.handle(message),
    onDidPost: (listener) => chat.onDidPost(listener),
    status: () => statusBar.shown,
    models: () => models,
    modelsView: () => modelsView.view,
    lastPrompt: () => engine.lastPrompt(new AbortController().signal),
  };
}

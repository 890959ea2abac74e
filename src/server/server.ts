/** Builds the parts of the inference process and ties them to a connection: lifecycle, settings, state, shutdown. */
import {
  DidChangeConfigurationNotification,
  PositionEncodingKind,
  TextDocumentSyncKind,
  type ClientCapabilities,
  type Connection,
  type InitializeResult,
} from "vscode-languageserver/node";
import { EngineStateNotification, type EngineState } from "../protocol/engine";
import { parseEngineSettings } from "../protocol/engineSettings";
import { isRecord } from "../base/json";
import type { Engine } from "./engine/engine";
import { ModelHost } from "./engine/modelHost";
import { Scheduler } from "./engine/scheduler";
import { Documents } from "./documents";
import { LastPromptRecord } from "./lastPrompt";
import { LoadingProgress } from "./loadingProgress";
import { serve } from "./serve";

/** Serves a connection with an engine until the client says `exit`. */
export function startServer(connection: Connection, engine: Engine): void {
  let initialSection: unknown;
  let settings = parseEngineSettings(initialSection);
  let client: ClientCapabilities = {};
  let progress: LoadingProgress | undefined;
  const documents = new Documents();
  const lastPrompt = new LastPromptRecord();
  const models = new ModelHost(engine, (state: EngineState) => {
    progress?.update(state);
    void connection.sendNotification(EngineStateNotification.type, state);
  });
  const applySettings = (section: unknown): void => {
    settings = parseEngineSettings(section);
    if (models.configure(settings)) {
      lastPrompt.clear();
    }
  };
  const pullSettings = async (): Promise<void> => {
    const section: unknown = await connection.workspace.getConfiguration("llama2");
    applySettings(section ?? initialSection);
  };

  connection.onInitialize(({ capabilities, initializationOptions }): InitializeResult => {
    client = capabilities;
    initialSection = initializationOptions;
    return {
      serverInfo: { name: "llama2-assistant" },
      capabilities: {
        positionEncoding: PositionEncodingKind.UTF16,
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        inlineCompletionProvider: true,
      },
    };
  });
  connection.onInitialized(async () => {
    progress = client.window?.workDoneProgress === true ? new LoadingProgress(connection) : undefined;
    if (client.workspace?.didChangeConfiguration?.dynamicRegistration === true) {
      await connection.client.register(DidChangeConfigurationNotification.type, { section: "llama2" });
    }
    void connection.sendNotification(EngineStateNotification.type, models.current);
    if (client.workspace?.configuration === true) {
      await pullSettings();
    } else {
      applySettings(initialSection);
    }
  });
  connection.onDidChangeConfiguration(async ({ settings: pushed }) => {
    if (client.workspace?.configuration === true) {
      await pullSettings();
    } else {
      applySettings(sectionOf(pushed));
    }
  });
  connection.onShutdown(() => models.dispose());

  documents.listen(connection);
  serve(connection, {
    documents,
    models,
    scheduler: new Scheduler(),
    lastPrompt,
    settings: () => settings,
    trace: (message) => {
      connection.tracer.log(message);
    },
  });
  connection.listen();
}

/** Clients that push settings send the whole tree, or just our section. */
function sectionOf(pushed: unknown): unknown {
  return isRecord(pushed) && "llama2" in pushed ? pushed["llama2"] : pushed;
}

/** Entry of the extension: builds the parts and connects them, nothing else. Everything ends with `context.subscriptions`. */
import * as vscode from "vscode";
import { Chat } from "./chat/chat";
import { registerExplainCodeAction } from "./commands/explainCodeAction";
import { explainSelection } from "./commands/explain";
import { showMenu } from "./commands/menu";
import { selectModel } from "./commands/selectModel";
import { LastPromptView } from "./commands/showLastPrompt";
import { toggleCompletions, toggleCompletionsForLanguage } from "./commands/toggleCompletions";
import { CommandIds, type CommandId } from "./contributions";
import { isEligibleScheme } from "./engine/documentPolicy";
import { EngineClient } from "./engine/engineClient";
import { RestartPolicy } from "./engine/restartPolicy";
import { errorDetail } from "./errorText";
import { completionsAreOn, inlineCompletionMiddleware } from "./inline/inlineCompletions";
import { serverLaunch } from "./launch";
import { notifyError } from "./notifyUser";
import { onDidChangeSettings, readSettings } from "./settings";
import { StatusBar } from "./statusBar";
import { testApi, type TestApi } from "./testApi";

export function activate(context: vscode.ExtensionContext): TestApi | undefined {
  const log = vscode.window.createOutputChannel("Llama 2", { log: true });
  const engine = createEngine(context, log);
  const chat = createChat(context, engine, log);
  const statusBar = new StatusBar(engine, () => completionsAreOn(readSettings(), activeLanguage()));
  const lastPrompt = new LastPromptView(engine);
  context.subscriptions.push(
    log,
    engine,
    chat,
    statusBar,
    lastPrompt,
    registerExplainCodeAction(({ scheme }) => isEligibleScheme(scheme)),
    ...registerCommands({ engine, chat, statusBar, lastPrompt, log }),
  );
  engine.start();
  return context.extensionMode === vscode.ExtensionMode.Production ? undefined : testApi({ engine, chat, statusBar });
}

function createEngine(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): EngineClient {
  const engine: EngineClient = new EngineClient({
    launch: serverLaunch(context),
    log,
    restartPolicy: new RestartPolicy(),
    middleware: {
      provideInlineCompletionItems: inlineCompletionMiddleware({
        engine: () => engine,
        settings: readSettings,
        logError: (error) => {
          log.debug(`inline completion: ${errorDetail(error)}`);
        },
      }),
    },
  });
  engine.onDidChangeState((state) => {
    if (state.kind === "failed") {
      const restart = { title: vscode.l10n.t("Restart"), run: () => engine.restart() };
      const showLog = {
        title: vscode.l10n.t("Show Log"),
        run: () => {
          log.show();
        },
      };
      void notifyError(
        vscode.l10n.t("The Llama 2 engine stopped unexpectedly several times ({0}).", state.detail),
        restart,
        showLog,
      );
    }
  });
  return engine;
}

function createChat(context: vscode.ExtensionContext, engine: EngineClient, log: vscode.LogOutputChannel): Chat {
  return new Chat({
    extensionUri: context.extensionUri,
    engine,
    settings: readSettings,
    onDidChangeSettings,
    translate: vscode.l10n.t,
    logError: (error) => {
      log.error(errorDetail(error));
    },
    selectModel: () => selectModel(engine),
    restartEngine: () => engine.restart(),
    showLog: () => {
      log.show();
    },
  });
}

interface CommandParts {
  readonly engine: EngineClient;
  readonly chat: Chat;
  readonly statusBar: StatusBar;
  readonly lastPrompt: LastPromptView;
  readonly log: vscode.LogOutputChannel;
}

function registerCommands({ engine, chat, statusBar, lastPrompt, log }: CommandParts): readonly vscode.Disposable[] {
  const focusChat = (): Promise<void> => chat.view.reveal({ preserveFocus: false });
  const commands: Readonly<Record<CommandId, () => unknown>> = {
    [CommandIds.explainSelection]: () =>
      explainSelection({
        revealChat: () => chat.view.reveal({ preserveFocus: true }),
        explain: (code) => chat.controller.explain(code),
      }),
    [CommandIds.newChat]: () => {
      chat.controller.newChat();
      return focusChat();
    },
    [CommandIds.focusChat]: focusChat,
    [CommandIds.selectModelFile]: () => selectModel(engine),
    [CommandIds.restartEngine]: () => engine.restart(),
    [CommandIds.showLog]: () => {
      log.show();
    },
    [CommandIds.toggleCompletions]: toggleCompletions,
    [CommandIds.toggleCompletionsForLanguage]: toggleCompletionsForLanguage,
    [CommandIds.showLastPrompt]: () => lastPrompt.show(),
    [CommandIds.showMenu]: () => showMenu(menuFacts(statusBar)),
  };
  return Object.entries(commands).map(([id, run]) => vscode.commands.registerCommand(id, run));
}

function menuFacts(statusBar: StatusBar): Parameters<typeof showMenu>[0] {
  const settings = readSettings();
  const languageId = activeLanguage();
  return {
    title: statusBar.shown.title,
    detail: statusBar.shown.tooltip,
    completionsOn: settings.completionEnabled,
    languageId,
    languageOn: completionsAreOn(settings, languageId),
  };
}

function activeLanguage(): string | undefined {
  return vscode.window.activeTextEditor?.document.languageId;
}

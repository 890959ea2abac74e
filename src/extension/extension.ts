/** Entry of the extension: builds the parts and connects them, nothing else. Everything ends with `context.subscriptions`. */
import * as vscode from "vscode";
import { EngineError } from "../protocol/engineErrors";
import { applyCode } from "./applying/applyCode";
import { Proposals } from "./applying/proposals";
import { Chat } from "./chat/chat";
import { insertAtCursor, newFile } from "./chat/codeActions";
import { SavedChats } from "./chat/history/savedChats";
import { currentExclusions } from "./chat/context/exclusions";
import { registerExplainCodeAction } from "./commands/explainCodeAction";
import { explainAgain, explainSelection, functionAround } from "./commands/explain";
import { selectModel } from "./commands/selectModel";
import { LastPromptView } from "./commands/showLastPrompt";
import { CommitMessages } from "./commitMessage/generate";
import { isEligibleScheme } from "./engine/documentPolicy";
import { EngineClient } from "./engine/engineClient";
import { EngineSupervisor } from "./engine/engineSupervisor";
import { RestartPolicy } from "./engine/restartPolicy";
import { errorDetail } from "./errorText";
import { currentDiff, repositoryDiff } from "./git/repositoryDiff";
import { InlineCompletions, completionsAreOn } from "./inline/inlineCompletions";
import { serverLaunch } from "./launch";
import { downloadModel } from "./models/downloadModel";
import { Models } from "./models/models";
import { ModelsViewParts } from "./modelsView/modelsViewParts";
import { LanguageNotice } from "./chat/languageNotice";
import { notifyError } from "./notifyUser";
import { promptFileSupport } from "./promptFiles/editing/promptFileSupport";
import { builtInPromptDocuments } from "./promptFiles/promptFileCommands";
import { onDidChangeSettings, readProxySettings, readSettings } from "./settings";
import { SlashCommands } from "./promptFiles/slashCommands";
import { promptWindow } from "./promptWindow";
import { StatusBar } from "./statusBar";
import { testApi, type TestApi } from "./testApi";
import { Walkthrough } from "./walkthrough/walkthrough";
import { activeLanguage, explainParts, registerCommands } from "./registerCommands";

export function activate(context: vscode.ExtensionContext): TestApi | undefined {
  const log = vscode.window.createOutputChannel("Llama 2", { log: true });
  const supervisor = createSupervisor(context, log);
  const engine = new EngineClient(supervisor);
  const completions = createCompletions(context, engine, log);
  const proposals = new Proposals((error) => {
    log.error(errorDetail(error));
  });
  const prompts = createSlashCommands(context, engine, log);
  const { secrets, globalState } = context;
  const models = new Models({ engine, secrets, globalState, proxy: readProxySettings });
  const restored = (): Promise<void> => savedChats.restored;
  const chat: Chat = createChat(context, { engine, models, prompts, proposals, log, restored });
  const savedChats = createSavedChats(context, chat, log);
  const commitMessages = createCommitMessages(engine, prompts);
  const statusBar = new StatusBar(engine, () => completionsAreOn(readSettings(), activeLanguage()), completions);
  const lastPrompt = new LastPromptView(engine);
  const modelsView = createModelsView(engine, models, log);
  const walkthrough = new Walkthrough({
    engine,
    onDidChangeConversation: chat.onDidChangeConversation,
    isAnswered: () => chat.conversation.data.exchanges.at(-1)?.answer.status.kind === "done",
  });
  context.subscriptions.push(
    log,
    supervisor,
    completions,
    proposals,
    chat,
    savedChats,
    statusBar,
    lastPrompt,
    models,
    modelsView,
    walkthrough,
    promptFileSupport(),
    builtInPromptDocuments(),
    registerExplainCodeAction(({ scheme }) => isEligibleScheme(scheme)),
    ...registerCommands({
      context,
      engine,
      completions,
      chat,
      models,
      modelsView,
      savedChats,
      statusBar,
      lastPrompt,
      walkthrough,
      commitMessages,
      proposals,
      log,
    }),
  );
  supervisor.start();
  return context.extensionMode === vscode.ExtensionMode.Production
    ? undefined
    : testApi({ supervisor, engine, chat, models, modelsView, statusBar });
}

function createSupervisor(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): EngineSupervisor {
  const supervisor: EngineSupervisor = new EngineSupervisor({
    launch: serverLaunch(context),
    log,
    restartPolicy: new RestartPolicy(),
  });
  supervisor.onDidChangeState((state) => {
    if (state.kind === "failed") {
      const restart = { title: vscode.l10n.t("Restart"), run: () => supervisor.restart() };
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
  return supervisor;
}

function createCompletions(
  context: vscode.ExtensionContext,
  engine: EngineClient,
  log: vscode.LogOutputChannel,
): InlineCompletions {
  return new InlineCompletions({
    engine,
    settings: readSettings,
    onDidChangeSettings,
    memento: context.globalState,
    logError: (error) => {
      log.debug(`inline completion: ${errorDetail(error)}`);
    },
  });
}

function createSlashCommands(
  { extensionUri }: vscode.ExtensionContext,
  engine: EngineClient,
  log: vscode.LogOutputChannel,
): SlashCommands {
  return new SlashCommands({
    extensionUri,
    findFunction: functionAround,
    diff: currentDiff,
    mayShow: () => currentExclusions(readSettings().exclude),
    window: ({ sampling }, attachments) => promptWindow({ engine, settings: readSettings }, sampling, attachments),
    logError: (error) => {
      log.error(errorDetail(error));
    },
  });
}

function createCommitMessages(engine: EngineClient, prompts: SlashCommands): CommitMessages {
  return new CommitMessages({
    engine,
    diffOf: repositoryDiff,
    write: (input, diff) => prompts.write("commit", input, { diff: () => Promise.resolve(diff) }),
    fail: (error) => {
      const isMissingModel = error instanceof EngineError && error.data.code === "noModel";
      const select = { title: vscode.l10n.t("Select Model"), run: () => selectModel(engine) };
      void notifyError(error, ...(isMissingModel ? [select] : []));
    },
  });
}

function createModelsView(engine: EngineClient, models: Models, log: vscode.LogOutputChannel): ModelsViewParts {
  return new ModelsViewParts({
    engine,
    models,
    logError: (error) => {
      log.error(errorDetail(error));
    },
  });
}

interface ChatNeeds {
  readonly engine: EngineClient;
  readonly models: Models;
  readonly prompts: SlashCommands;
  readonly proposals: Proposals;
  readonly log: vscode.LogOutputChannel;
  readonly restored: () => Promise<void>;
}

function createChat(context: vscode.ExtensionContext, needs: ChatNeeds): Chat {
  const { engine, models, prompts, proposals, log, restored } = needs;
  const language = new LanguageNotice(context.globalState);
  const chat: Chat = new Chat({
    extensionUri: context.extensionUri,
    engine,
    settings: readSettings,
    onDidChangeSettings,
    excludePatterns: () => readSettings().exclude,
    translate: vscode.l10n.t,
    restored,
    logError: (error) => {
      log.error(errorDetail(error));
    },
    commands: prompts,
    explain: (request, insteadOf) =>
      explainSelection(
        explainParts(chat, log),
        { level: readSettings().explainLevel, request },
        { isTyped: true, insteadOf },
      ),
    explainCode: (code, about, how) => explainAgain(explainParts(chat, log), code, { context: about, how }),
    selectModel: () => selectModel(engine),
    downloadModel: () => downloadModel(models.hub, models.downloads),
    restartEngine: () => engine.restart(),
    showLog: () => {
      log.show();
    },
    answerLanguage: () => language.current(),
    onAsk: () => {
      void language.tellOnce();
    },
    applyCode: (request) => applyCode(request, { proposals, insertAtCursor, newFile: (code) => newFile(code, "") }),
  });
  return chat;
}

function createSavedChats(context: vscode.ExtensionContext, chat: Chat, log: vscode.LogOutputChannel): SavedChats {
  return new SavedChats({
    chat,
    context,
    log,
    limit: () => readSettings().historyLimit,
    showLog: () => {
      log.show();
    },
  });
}

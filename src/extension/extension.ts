/** Entry of the extension: builds the parts and connects them, nothing else. Everything ends with `context.subscriptions`. */
import * as vscode from "vscode";
import { isRecord, stringOr } from "../base/json";
import { EngineError } from "../protocol/engineErrors";
import { applyCode } from "./applying/applyCode";
import { Decisions } from "./applying/decisions";
import { Proposals } from "./applying/proposals";
import { Chat } from "./chat/chat";
import { insertAtCursor, newFile } from "./chat/codeActions";
import { SavedChats } from "./chat/history/savedChats";
import { currentExclusions } from "./chat/context/exclusions";
import { attachFiles, filesFromMenu } from "./chat/context/attachCommands";
import { registerExplainCodeAction } from "./commands/explainCodeAction";
import {
  explainProblem,
  explainSelection,
  functionAround,
  type ExplainParts,
  type GivenProblem,
} from "./commands/explain";
import { explainTerminalSelection } from "./commands/explainTerminal";
import { copyCompletionDiagnostics } from "./commands/completionDiagnostics";
import { showMenu } from "./commands/menu";
import { selectModel } from "./commands/selectModel";
import { LastPromptView } from "./commands/showLastPrompt";
import { toggleCompletions, toggleCompletionsForLanguage } from "./commands/toggleCompletions";
import { CommitMessages } from "./commitMessage/generate";
import { compareModels } from "./compare/compareModels";
import { CommandIds, type CommandId } from "./contributions";
import { isEligibleScheme } from "./engine/documentPolicy";
import { findDeclarations } from "./engine/declarationFinder";
import { EngineClient } from "./engine/engineClient";
import { RestartPolicy } from "./engine/restartPolicy";
import { errorDetail } from "./errorText";
import { chooseRepository } from "./git/chooseRepository";
import { currentDiff, repositoryDiff } from "./git/repositoryDiff";
import { InlineCompletions, completionsAreOn } from "./inline/inlineCompletions";
import { serverLaunch } from "./launch";
import { downloadModel } from "./models/downloadModel";
import { Models } from "./models/models";
import { LanguageNotice } from "./chat/languageNotice";
import { notifyError } from "./notifyUser";
import { promptFileSupport } from "./promptFiles/editing/promptFileSupport";
import {
  builtInPromptDocuments,
  customizePrompt,
  newPromptFile,
  openPromptFiles,
  type PromptFileParts,
} from "./promptFiles/promptFileCommands";
import { onDidChangeSettings, readProxySettings, readSettings } from "./settings";
import { SlashCommands } from "./promptFiles/slashCommands";
import { promptWindow } from "./promptWindow";
import { StatusBar } from "./statusBar";
import { testApi, type TestApi } from "./testApi";
import { Walkthrough } from "./walkthrough/walkthrough";

export function activate(context: vscode.ExtensionContext): TestApi | undefined {
  const log = vscode.window.createOutputChannel("Llama 2", { log: true });
  const engine = createEngine(context, log);
  const completions = createCompletions(context, engine, log);
  const proposals = new Proposals((error) => {
    log.error(errorDetail(error));
  });
  const prompts = createSlashCommands(context, engine, log);
  const chat: Chat = createChat(context, { engine, prompts, proposals, log, restored: () => savedChats.restored });
  const savedChats = createSavedChats(context, chat, log);
  const commitMessages = createCommitMessages(engine, prompts);
  const statusBar = new StatusBar(engine, () => completionsAreOn(readSettings(), activeLanguage()), completions);
  const lastPrompt = new LastPromptView(engine);
  const { secrets, globalState } = context;
  const models = new Models({ engine, secrets, globalState, proxy: readProxySettings });
  const walkthrough = new Walkthrough({
    engine,
    onDidChangeConversation: chat.onDidChangeConversation,
    isAnswered: () => chat.conversation.data.exchanges.at(-1)?.answer.status.kind === "done",
  });
  context.subscriptions.push(
    log,
    engine,
    completions,
    proposals,
    chat,
    savedChats,
    statusBar,
    lastPrompt,
    models,
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
      savedChats,
      statusBar,
      lastPrompt,
      walkthrough,
      commitMessages,
      proposals,
      log,
    }),
  );
  engine.start();
  return context.extensionMode === vscode.ExtensionMode.Production
    ? undefined
    : testApi({ engine, chat, models, statusBar });
}

function createEngine(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): EngineClient {
  const engine: EngineClient = new EngineClient({
    launch: serverLaunch(context),
    log,
    restartPolicy: new RestartPolicy(),
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

interface ChatNeeds {
  readonly engine: EngineClient;
  readonly prompts: SlashCommands;
  readonly proposals: Proposals;
  readonly log: vscode.LogOutputChannel;
  readonly restored: () => Promise<void>;
}

function createChat(context: vscode.ExtensionContext, { engine, prompts, proposals, log, restored }: ChatNeeds): Chat {
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
    explain: () => explainSelection(explainParts(chat, log), readSettings().explainLevel),
    selectModel: () => selectModel(engine),
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

function explainParts(chat: Chat, log: vscode.LogOutputChannel, explained: () => void = () => undefined): ExplainParts {
  return {
    revealChat: () => chat.view.reveal({ preserveFocus: true }),
    explain: async (code, about) => {
      await chat.controller.explain(code, about);
      explained();
    },
    findDeclarations: (uri, symbols) =>
      findDeclarations({ textDocument: { uri }, symbols }, new vscode.CancellationTokenSource().token, (error) => {
        log.debug(`declarations: ${errorDetail(error)}`);
      }),
  };
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

interface CommandParts {
  readonly context: vscode.ExtensionContext;
  readonly completions: InlineCompletions;
  readonly engine: EngineClient;
  readonly chat: Chat;
  readonly savedChats: SavedChats;
  readonly models: Models;
  readonly statusBar: StatusBar;
  readonly lastPrompt: LastPromptView;
  readonly walkthrough: Walkthrough;
  readonly commitMessages: CommitMessages;
  readonly proposals: Proposals;
  readonly log: vscode.LogOutputChannel;
}

/** Those that ask what a prompt file says, and those about the files. */
function promptCommands({ context, chat, commitMessages, log }: CommandParts) {
  const promptFiles: PromptFileParts = {
    extensionUri: context.extensionUri,
    logError: (error) => {
      log.error(errorDetail(error));
    },
  };
  return {
    [CommandIds.newPromptFile]: newPromptFile,
    [CommandIds.customizePrompt]: () => customizePrompt(promptFiles),
    [CommandIds.openPromptFiles]: () => openPromptFiles(promptFiles),
    [CommandIds.fix]: () => chat.runCommand("/fix"),
    [CommandIds.tests]: () => chat.runCommand("/tests"),
    [CommandIds.docs]: () => chat.runCommand("/docs"),
    [CommandIds.refactor]: () => chat.runCommand("/refactor"),
    [CommandIds.generateCommitMessage]: async (sourceControl: unknown) => {
      const repository = await chooseRepository(sourceControl);
      return repository === undefined ? undefined : commitMessages.generate(repository);
    },
    [CommandIds.cancelCommitMessage]: () => {
      commitMessages.cancel();
    },
  };
}

function registerCommands(parts: CommandParts): readonly vscode.Disposable[] {
  const { engine, completions, chat, models, savedChats, statusBar, lastPrompt, walkthrough, log } = parts;
  const focusChat = (): Promise<void> => chat.view.reveal({ preserveFocus: false });
  const commands: Readonly<Record<CommandId, (...args: readonly unknown[]) => unknown>> = {
    ...proposalCommands(parts.proposals),
    ...explainCommands(parts),
    [CommandIds.getStarted]: () => walkthrough.open(),
    [CommandIds.clearChat]: () => chat.handle({ type: "clear" }),
    [CommandIds.retryAnswer]: () => chat.handle({ type: "retry" }),
    [CommandIds.undoQuestion]: async () => {
      await focusChat();
      await chat.handle({ type: "undo" });
    },
    ...chatCommands(chat, focusChat),
    [CommandIds.focusChat]: focusChat,
    [CommandIds.showHistory]: () => savedChats.commands.show(),
    [CommandIds.exportChat]: () => savedChats.commands.exportShown(),
    [CommandIds.renameChat]: () => savedChats.commands.renameShown(),
    [CommandIds.deleteChat]: () => savedChats.commands.deleteShown(),
    [CommandIds.clearHistory]: () => savedChats.commands.clear(),
    [CommandIds.selectModelFile]: () => selectModel(engine),
    [CommandIds.downloadModel]: () => downloadModel(models.hub, models.downloads),
    [CommandIds.signInToHub]: () => models.account.signIn(),
    [CommandIds.signOutOfHub]: () => models.account.signOut(),
    [CommandIds.restartEngine]: () => engine.restart(),
    [CommandIds.unloadModels]: () => engine.unloadModels(new AbortController().signal).catch(notifyError),
    [CommandIds.showLog]: () => {
      log.show();
    },
    [CommandIds.toggleCompletions]: toggleCompletions,
    [CommandIds.toggleCompletionsForLanguage]: toggleCompletionsForLanguage,
    [CommandIds.showLastPrompt]: () => lastPrompt.show(),
    [CommandIds.showMenu]: () => showMenu(menuFacts(statusBar, completions)),
    [CommandIds.compareModels]: () => compareModels(engine),
    [CommandIds.copyCompletionDiagnostics]: () =>
      copyCompletionDiagnostics({
        engine,
        extensionVersion: extensionVersion(parts.context),
        figures: () => ({ ...completions.diagnostics }),
      }),
    ...promptCommands(parts),
  };
  return Object.entries(commands).map(([id, run]) => vscode.commands.registerCommand(id, run));
}

/** Those of the title of a diff editor with a proposal; it hands the document over. */
function proposalCommands(proposals: Proposals) {
  const decisions = new Decisions(proposals);
  return {
    [CommandIds.acceptProposal]: (resource?: unknown) => decisions.acceptAll(uriOf(resource)),
    [CommandIds.rejectProposal]: (resource?: unknown) => decisions.rejectAll(uriOf(resource)),
    [CommandIds.acceptProposedChange]: (resource?: unknown) => decisions.acceptChange(uriOf(resource)),
    [CommandIds.rejectProposedChange]: (resource?: unknown) => decisions.rejectChange(uriOf(resource)),
  };
}

function explainCommands({ chat, walkthrough, log }: Pick<CommandParts, "chat" | "walkthrough" | "log">) {
  const explaining = explainParts(chat, log, () => {
    walkthrough.explained();
  });
  return {
    [CommandIds.explainSelection]: () => explainSelection(explaining, readSettings().explainLevel),
    [CommandIds.explainBriefly]: () => explainSelection(explaining, "brief"),
    [CommandIds.explainInDetail]: () => explainSelection(explaining, "detailed"),
    [CommandIds.explainLineByLine]: () => explainSelection(explaining, "lineByLine"),
    [CommandIds.explainProblem]: (given?: unknown) => explainProblem(explaining, givenProblem(given)),
    [CommandIds.explainTerminalSelection]: () =>
      explainTerminalSelection({
        revealChat: explaining.revealChat,
        ask: (text, { label, text: output }) =>
          chat.controller.ask(text, { uri: "terminal:", languageId: "plaintext", text: output, label }),
      }),
  };
}

/** What our own quick fix hands over. */
function givenProblem(given: unknown): GivenProblem | undefined {
  if (!isRecord(given)) {
    return undefined;
  }
  const { uri, problem } = given;
  return uri instanceof vscode.Uri && problem instanceof vscode.Diagnostic ? { uri, problem } : undefined;
}

/** What the title of an editor hands over. */
function uriOf(resource: unknown): vscode.Uri | undefined {
  return resource instanceof vscode.Uri ? resource : undefined;
}

function chatCommands(chat: Chat, focusChat: () => Promise<void>) {
  return {
    [CommandIds.newChat]: () => {
      chat.controller.newChat();
      return focusChat();
    },
    [CommandIds.attachSelection]: async () => {
      await chat.context.add({ kind: "selection" });
      return focusChat();
    },
    [CommandIds.attachFile]: async (...args: readonly unknown[]) => {
      await attachFiles(chat.context, filesFromMenu(args));
      return focusChat();
    },
  };
}

function extensionVersion({ extension }: vscode.ExtensionContext): string {
  const manifest: unknown = extension.packageJSON;
  return isRecord(manifest) ? stringOr(manifest["version"], "") : "";
}

function menuFacts(statusBar: StatusBar, completions: InlineCompletions): Parameters<typeof showMenu>[0] {
  const settings = readSettings();
  const languageId = activeLanguage();
  return {
    title: statusBar.shown.title,
    detail: statusBar.shown.tooltip,
    completionsOn: settings.completionEnabled,
    languageId,
    languageOn: completionsAreOn(settings, languageId),
    ...completions.countsOf(languageId ?? ""),
  };
}

function activeLanguage(): string | undefined {
  return vscode.window.activeTextEditor?.document.languageId;
}

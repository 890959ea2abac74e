/** The commands of the palette, menus and keys: one line each, and who does it. */
import * as vscode from "vscode";
import { isRecord, stringOr } from "../base/json";
import { Decisions } from "./applying/decisions";
import { type Proposals } from "./applying/proposals";
import { type Chat } from "./chat/chat";
import { type SavedChats } from "./chat/history/savedChats";
import { attachFiles, filesFromMenu } from "./chat/context/attachCommands";
import { explainProblem, explainSelection, type ExplainParts, type GivenProblem } from "./commands/explain";
import { explainTerminalSelection } from "./commands/explainTerminal";
import { copyCompletionDiagnostics } from "./commands/completionDiagnostics";
import { showMenu } from "./commands/menu";
import { selectModel } from "./commands/selectModel";
import { type LastPromptView } from "./commands/showLastPrompt";
import { toggleCompletions, toggleCompletionsForLanguage } from "./commands/toggleCompletions";
import { type CommitMessages } from "./commitMessage/generate";
import { compareModels } from "./compare/compareModels";
import { CommandIds, type CommandId } from "./contributions";
import { findDeclarations } from "./engine/declarationFinder";
import { type EngineClient } from "./engine/engineClient";
import { errorDetail } from "./errorText";
import { chooseRepository } from "./git/chooseRepository";
import { type InlineCompletions, completionsAreOn } from "./inline/inlineCompletions";
import { downloadModel } from "./models/downloadModel";
import { type Models } from "./models/models";
import { type ModelsViewParts } from "./modelsView/modelsViewParts";
import { notifyError } from "./notifyUser";
import {
  customizePrompt,
  newPromptFile,
  openPromptFiles,
  type PromptFileParts,
} from "./promptFiles/promptFileCommands";
import { currentExclusions } from "./chat/context/exclusions";
import { readSettings } from "./settings";
import { type StatusBar } from "./statusBar";
import { type Walkthrough } from "./walkthrough/walkthrough";

/** What an explanation needs of the chat and the editor; `explained` is told when one has ended. */
export function explainParts(
  chat: Chat,
  log: vscode.LogOutputChannel,
  explained: () => void = () => undefined,
): ExplainParts {
  return {
    mayShow: () => currentExclusions(readSettings().exclude),
    revealChat: () => chat.view.reveal({ preserveFocus: true }),
    explain: async (code, about, how) => {
      await chat.controller.explain(code, about, how);
      explained();
    },
    findDeclarations: (uri, symbols) =>
      findDeclarations({ textDocument: { uri }, symbols }, new vscode.CancellationTokenSource().token, (error) => {
        log.debug(`declarations: ${errorDetail(error)}`);
      }),
  };
}

/** Of the active editor. */
export function activeLanguage(): string | undefined {
  return vscode.window.activeTextEditor?.document.languageId;
}

export interface CommandParts {
  readonly context: vscode.ExtensionContext;
  readonly completions: InlineCompletions;
  readonly engine: EngineClient;
  readonly chat: Chat;
  readonly savedChats: SavedChats;
  readonly models: Models;
  readonly modelsView: ModelsViewParts;
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

/** Every command of package.json, and who does it. */
export function registerCommands(parts: CommandParts): readonly vscode.Disposable[] {
  const { engine, completions, chat, models, savedChats, statusBar, lastPrompt, walkthrough, log } = parts;
  const focusChat = (): Promise<void> => chat.view.reveal({ preserveFocus: false });
  const commands: Readonly<Record<CommandId, (...args: readonly unknown[]) => unknown>> = {
    ...proposalCommands(parts.proposals),
    ...explainCommands(parts),
    ...parts.modelsView.commands,
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
    [CommandIds.explainSelection]: () => explainSelection(explaining, { level: readSettings().explainLevel }),
    [CommandIds.explainBriefly]: () => explainSelection(explaining, { level: "brief" }),
    [CommandIds.explainInDetail]: () => explainSelection(explaining, { level: "detailed" }),
    [CommandIds.explainLineByLine]: () => explainSelection(explaining, { level: "lineByLine" }),
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

/**
 * Every id that package.json contributes, as a typed constant, with the defaults of the settings. A unit test compares
 * this file with package.json in both directions, so that neither can drift.
 */
import type { Eagerness, Multiline } from "../protocol/completionSettings";
import type { ExplainLevel } from "../protocol/explain";
import type { GpuChoice } from "../protocol/engineSettings";

export const EXTENSION_ID = "llama2-assistant.llama2-assistant";

/** The section of every setting; also the id of the language client, which reads `llama2.trace.server` from it. */
export const SETTINGS_SECTION = "llama2";

export const CommandIds = {
  explainSelection: "llama2.explainSelection",
  explainBriefly: "llama2.explainBriefly",
  explainInDetail: "llama2.explainInDetail",
  explainLineByLine: "llama2.explainLineByLine",
  explainProblem: "llama2.explainProblem",
  explainTerminalSelection: "llama2.explainTerminalSelection",
  newChat: "llama2.newChat",
  clearChat: "llama2.clearChat",
  retryAnswer: "llama2.retryAnswer",
  undoQuestion: "llama2.undoQuestion",
  attachSelection: "llama2.attachSelection",
  attachFile: "llama2.attachFile",
  focusChat: "llama2.focusChat",
  showHistory: "llama2.showHistory",
  exportChat: "llama2.exportChat",
  renameChat: "llama2.renameChat",
  deleteChat: "llama2.deleteChat",
  clearHistory: "llama2.clearHistory",
  selectModelFile: "llama2.selectModelFile",
  downloadModel: "llama2.downloadModel",
  signInToHub: "llama2.signInToHub",
  signOutOfHub: "llama2.signOutOfHub",
  restartEngine: "llama2.restartEngine",
  unloadModels: "llama2.unloadModels",
  showLog: "llama2.showLog",
  toggleCompletions: "llama2.toggleCompletions",
  toggleCompletionsForLanguage: "llama2.toggleCompletionsForLanguage",
  showLastPrompt: "llama2.showLastPrompt",
  showMenu: "llama2.showMenu",
  compareModels: "llama2.compareModels",
  copyCompletionDiagnostics: "llama2.copyCompletionDiagnostics",
  newPromptFile: "llama2.newPromptFile",
  customizePrompt: "llama2.customizePrompt",
  openPromptFiles: "llama2.openPromptFiles",
  getStarted: "llama2.getStarted",
  fix: "llama2.fix",
  tests: "llama2.tests",
  docs: "llama2.docs",
  refactor: "llama2.refactor",
  generateCommitMessage: "llama2.generateCommitMessage",
  cancelCommitMessage: "llama2.cancelCommitMessage",
  acceptProposal: "llama2.acceptProposal",
  rejectProposal: "llama2.rejectProposal",
  acceptProposedChange: "llama2.acceptProposedChange",
  rejectProposedChange: "llama2.rejectProposedChange",
  showModels: "llama2.showModels",
  refreshModels: "llama2.models.refresh",
  addModel: "llama2.models.add",
  searchHub: "llama2.models.searchHub",
  useModelForChat: "llama2.models.useForChat",
  useModelForCompletion: "llama2.models.useForCompletion",
  revealModel: "llama2.models.reveal",
  copyModelPath: "llama2.models.copyPath",
  verifyModel: "llama2.models.verify",
  showModelHeader: "llama2.models.showHeader",
  copyModelHeader: "llama2.models.copyHeader",
  deleteModel: "llama2.models.delete",
  downloadListedModel: "llama2.models.download",
  cancelDownload: "llama2.models.cancelDownload",
  resumeDownload: "llama2.models.resumeDownload",
  discardDownload: "llama2.models.discardDownload",
  removeModelEntry: "llama2.models.removeEntry",
} as const;

export type CommandId = (typeof CommandIds)[keyof typeof CommandIds];

export const ViewContainerIds = { llama2: "llama2" } as const;

export const ViewIds = { chat: "llama2.chat", models: "llama2.models" } as const;

export const LanguageIds = { prompt: "llama2-prompt", promptFile: "llama2-prompt-file" } as const;

/** Not in package.json: registered at run time. */
export const STATUS_BAR_ITEM_ID = "llama2.status";
export const PROMPT_SCHEME = "llama2-prompt";
/** Key of when clauses. */
export const CONTEXT_WRITING_COMMIT_MESSAGE = "llama2.writingCommitMessage";
/** New texts of files that wait to be accepted; package.json names it in `when` clauses. */
export const PROPOSAL_SCHEME = "llama2-proposal";
export const MODEL_HEADER_SCHEME = "llama2-model-header";
export const BUILT_IN_PROMPT_SCHEME = "llama2-built-in-prompt";

/** Runs after a suggestion was accepted; not for people, so not in package.json. */
export const SUGGESTION_ACCEPTED_COMMAND = "llama2.suggestionAccepted";

export const WALKTHROUGH_ID = "start";

/** What the buttons of the walkthrough run. */
export const WalkthroughCommandIds = {
  tryCompletion: "llama2.walkthrough.tryCompletion",
  tryExplanation: "llama2.walkthrough.tryExplanation",
} as const;

/** What completes its steps. */
export const WalkthroughContextKeys = {
  modelReady: "llama2.modelReady",
  questionAnswered: "llama2.questionAnswered",
  codeExplained: "llama2.codeExplained",
  opened: "llama2.walkthroughOpened",
} as const;

export const SPECULATION_CHOICES = ["auto", "on", "off"] as const;
export type SpeculationChoice = (typeof SPECULATION_CHOICES)[number];

interface SettingDefinition<T> {
  readonly key: string;
  readonly default: T;
}

function setting<T>(key: string, defaultValue: T): SettingDefinition<T> {
  return { key, default: defaultValue };
}

export const SettingDefinitions = {
  chatModelPath: setting("llama2.chat.modelPath", ""),
  chatSystemPrompt: setting("llama2.chat.systemPrompt", ""),
  chatAnswerLanguage: setting("llama2.chat.answerLanguage", "auto"),
  explainLevel: setting<ExplainLevel>("llama2.explain.level", "detailed"),
  chatMaxTokens: setting("llama2.chat.maxTokens", 1024),
  chatTemperature: setting("llama2.chat.temperature", 0.6),
  chatTopP: setting("llama2.chat.topP", 0.9),
  chatTopK: setting("llama2.chat.topK", 50),
  chatRepeatPenalty: setting("llama2.chat.repeatPenalty", 1.2),
  chatSeed: setting<number | null>("llama2.chat.seed", null),
  chatHistoryLimit: setting("llama2.chat.historyLimit", 200),
  completionModelPath: setting("llama2.completion.modelPath", ""),
  completionEnabled: setting("llama2.completion.enabled", true),
  completionLanguages: setting<Readonly<Record<string, boolean>>>("llama2.completion.languages", { "*": true }),
  completionDebounceMs: setting<number | null>("llama2.completion.debounceMs", null),
  completionSpeculative: setting<SpeculationChoice>("llama2.completion.speculative", "auto"),
  completionMaxTokens: setting("llama2.completion.maxTokens", 128),
  completionLatencyTargetMs: setting("llama2.completion.latencyTargetMs", 400),
  completionEagerness: setting<Eagerness>("llama2.completion.eagerness", "balanced"),
  completionMultiline: setting<Multiline>("llama2.completion.multiline", "auto"),
  exclude: setting<readonly string[]>("llama2.exclude", []),
  engineGpu: setting<GpuChoice>("llama2.engine.gpu", "auto"),
  engineGpuLayers: setting<number | null>("llama2.engine.gpuLayers", null),
  engineThreads: setting<number | null>("llama2.engine.threads", null),
  engineContextSize: setting("llama2.engine.contextSize", 4096),
  modelsCustom: setting<readonly string[]>("llama2.models.custom", []),
  hubEndpoint: setting("llama2.hub.endpoint", ""),
  hubCacheFolder: setting("llama2.hub.cacheFolder", ""),
  engineIdleUnloadMinutes: setting("llama2.engine.idleUnloadMinutes", 15),
  engineLoraAdapters: setting<readonly string[]>("llama2.engine.loraAdapters", []),
  traceServer: setting("llama2.trace.server", "messages"),
} as const;

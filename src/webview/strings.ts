/** Every text of the page that people read. */
import { inEnglish, translator, type Translate } from "../base/localize";
import { isRecord } from "../base/json";

/** In English, as l10n/bundle.l10n.<language>.json has them. */
export const english = {
  conversation: "Conversation",
  you: "You",
  assistant: "Llama 2",
  jumpToLatest: "Jump to latest",

  horizon: "The model no longer sees what is above",
  undo: "Undo: take the question back into the box",
  edit: "Edit and ask again",
  deletePair: "Delete this question and its answer",
  retry: "Retry: have the question answered again",
  copyAnswer: "Copy the answer",
  explainLevels: "Explain again",
  levelBrief: "Brief",
  levelDetailed: "Detailed",
  levelLineByLine: "Line by line",
  editing: "Edit the question",
  editDrops: "What follows is dropped when you ask again.",
  resend: "Ask Again",
  cancel: "Cancel",
  deletedOne: "A question and its answer were deleted.",
  deletedSeveral: "{0} questions and their answers were deleted.",
  restore: "Restore",

  context: "Context in use",
  contextUsed: "{0} of {1} tokens of the context are used; {2} are kept free for the answer.",
  contextDropped: "The oldest questions are left out ({0}).",
  contextNearlyFull: "The context is nearly full: the model will soon no longer see the oldest questions.",
  contextTooLong: "This question is too long: it needs {0} tokens, and there is room for {1}.",
  shortened: "too long: {0} lines were left out",
  shortenedBy: "−{0} lines",

  options: "Conversation Options",
  optionsChanged: "Conversation Options (differ from the settings)",
  closeOptions: "Close (Escape)",
  resetOptions: "Reset to Settings",
  systemPrompt: "System prompt",
  systemPromptPlaceholder: "What the model is told before the conversation",
  preset: "System prompt to choose",
  presetNone: "None",
  presetConcise: "Concise coder",
  presetTeacher: "Teacher",
  presetSpanish: "Spanish answers",
  presetCustom: "Your own",
  maxTokens: "Max new tokens",
  temperature: "Temperature",
  topP: "Top-p",
  topK: "Top-k",
  repeatPenalty: "Repetition penalty",
  seed: "Seed",
  seedRandom: "random",

  emptyTitle: "Llama 2 Assistant",
  emptySentence:
    "Ask about code, or select some in the editor and have it explained. Everything is computed on this machine.",
  examples: "Example questions",
  example1: "Implement k-nearest neighbours in Python",
  example2: "Explain the difference between a process and a thread",
  example3: "Write a regular expression that matches ISO 8601 dates",
  answeredBy: "{0} answers, on {1}",
  responsible: "Answers can be wrong. Check them before you rely on them.",

  noModelTitle: "No model is loaded",
  noModelText:
    "Download one that fits this machine, or select a Llama 2 or Code Llama file in GGUF format that you have. Your questions and your code stay here.",
  startingModel: "Loading {0}…",
  loadingModel: "Loading {0}… {1} %",
  failedTitle: "The model could not be loaded",
  downloadModel: "Download Model…",
  selectModel: "Select Model File…",
  restartEngine: "Restart Engine",
  showLog: "Show Log",

  inputLabel: "Message",
  inputPlaceholder: "Ask about code",
  send: "Send (Enter)",
  stop: "Stop (Escape)",
  attachedCode: "Attached code",
  openAttachment: "Show the attached code: {0}",
  removeAttachment: "Remove {0}",
  addContext: "Add Context",
  dropFiles: "Drop to add to the question",
  commands: "Commands",
  searching: "Searching…",
  noSuggestions: "Nothing matches.",
  suggestionCount: "{0} suggestions",

  copyCode: "Copy",
  copied: "Copied",
  insertCode: "Insert at Cursor",
  applyCode: "Apply…",
  replaceSelection: "Replace Selection",
  newFile: "New File",
  moreActions: "More Actions",
  codeBlock: "Code block",
  codeBlockIn: "Code block, {0}",
  table: "Table",

  thinking: "Reading the question…",
  stopped: "Stopped",
  tokens: "{0} tokens",
  tokensPerSecond: "{0} tokens/s",
  firstToken: "first token after {0}",
  promptTokens: "Prompt: {0} tokens, {1} of them still in memory. Answer: {2} tokens in {3}.",
  seconds: "{0} s",
  milliseconds: "{0} ms",

  announceAnswer: "Llama 2 answered: {0}",
  announceStopped: "The answer was stopped.",
  announceFailed: "The answer failed. {0}",
  announceCode: "(code block)",
  announceMore: "… (the rest is in the conversation)",
} as const;

/** Translates into the language of the page, which carries its texts; in a test there is no page. */
export const translate: Translate = typeof document === "undefined" ? inEnglish : translator(textsOf(document));

/** The texts in the language of the page. */
export const strings: Readonly<Record<keyof typeof english, string>> = translated();

/** Puts values in the places {0}, {1}… of a text. */
export const format = inEnglish;

function textsOf(page: Document): Readonly<Record<string, unknown>> {
  const texts: unknown = JSON.parse(page.body.dataset["texts"] ?? "{}");
  return isRecord(texts) ? texts : {};
}

function translated(): Record<keyof typeof english, string> {
  const record: Record<keyof typeof english, string> = { ...english };
  for (const key of keysOf(english)) {
    record[key] = translate(english[key]);
  }
  return record;
}

function keysOf<K extends string>(record: Readonly<Record<K, unknown>>): K[] {
  const isKey = (key: string): key is K => Object.hasOwn(record, key);
  return Object.keys(record).filter(isKey);
}

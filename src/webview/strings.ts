/** Every text of the page that people read. */
import { inEnglish, translator, type Translate } from "../base/localize";
import { isRecord } from "../base/json";

/** In English, as l10n/bundle.l10n.<language>.json has them. */
export const english = {
  conversation: "Conversation",
  you: "You",
  assistant: "Llama 2",
  jumpToLatest: "Jump to latest",

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
    "Select a Llama 2 or Code Llama file in GGUF format. It is read from your disk and stays on this machine.",
  startingModel: "Loading {0}…",
  loadingModel: "Loading {0}… {1} %",
  failedTitle: "The model could not be loaded",
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
  commands: "Commands",
  searching: "Searching…",
  noSuggestions: "Nothing matches.",
  suggestionCount: "{0} suggestions",

  copyCode: "Copy",
  copied: "Copied",
  insertCode: "Insert at Cursor",
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

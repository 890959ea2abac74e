/** Every text of the page that people read, in English; one flat record, so that a translation is a record of the same keys. */
export const strings = {
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

/** Puts values in the places {0}, {1}… of a text. */
export function format(text: string, ...values: readonly (string | number)[]): string {
  return text.replace(/\{(\d)\}/g, (place, index: string) => String(values[Number(index)] ?? place));
}

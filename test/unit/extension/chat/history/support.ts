/** Conversations and folders for the tests of the history. */
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import type { ConversationData, Exchange } from "../../../../../src/extension/chat/conversationData";
import { ConversationFiles } from "../../../../../src/extension/chat/history/conversationFiles";
import { ConversationStore } from "../../../../../src/extension/chat/history/conversationStore";
import type { StoreProblem } from "../../../../../src/extension/chat/history/storeProblems";

const FIGURES = {
  model: "tiny_chat",
  device: "CPU",
  promptTokens: 10,
  cachedTokens: 4,
  answerTokens: 1234,
  firstTokenMs: 1.5,
  totalMs: 2,
  tokensPerSecond: 20.26,
};
export const DONE = { kind: "done", figures: FIGURES } as const;

export function exchange(id: string, text: string, answer: string): Exchange {
  return { id, text, attachments: [], answer: { id: `${id}-answer`, text: answer, status: DONE } };
}

/** A conversation of one question, last used so many minutes after a fixed time. */
export function talk(id: string, question = `question ${id}`, minute = 0): ConversationData {
  return {
    id,
    title: "",
    createdAt: "2026-01-02T03:00:00.000Z",
    updatedAt: new Date(Date.parse("2026-01-02T03:00:00.000Z") + minute * 60_000).toISOString(),
    sampling: {},
    exchanges: [exchange(`${id}-1`, question, `answer ${id}`)],
  };
}

export interface StoreUnderTest {
  readonly store: ConversationStore;
  readonly files: ConversationFiles;
  readonly problems: StoreProblem[];
}

/** As another window would: with nothing but the folder in common. */
export function openStore(folder: string): StoreUnderTest {
  const problems: StoreProblem[] = [];
  const files = new ConversationFiles(folder);
  return { files, problems, store: new ConversationStore(files, (problem) => problems.push(problem)) };
}

/** A folder for the tests of the suite it is called in, another one for each test; it does not exist yet. */
export function useFolder(): () => string {
  const state = { root: "", count: 0 };
  suiteSetup(async () => {
    state.root = await fs.mkdtemp(path.join(os.tmpdir(), "llama2-history-"));
  });
  setup(() => {
    state.count++;
  });
  suiteTeardown(() => fs.rm(state.root, { recursive: true, force: true }));
  return () => path.join(state.root, String(state.count), "conversations");
}

/** Which files a code block in an answer may be for: what went with its question and the questions before. Pure. */
import type { ConversationData } from "./conversationData";

export interface AttachedFile {
  readonly uri: string;
  /** The line that was asked about, from 0. */
  readonly line?: number;
}

/** The newest first, each once. */
export function filesBehind({ exchanges }: Pick<ConversationData, "exchanges">, answerId: string): AttachedFile[] {
  const end = exchanges.findIndex(({ answer }) => answer.id === answerId);
  const files = new Map<string, AttachedFile>();
  for (const { attachments } of exchanges.slice(0, end === -1 ? undefined : end + 1).toReversed()) {
    for (const { uri, range } of attachments) {
      if (!files.has(uri)) {
        files.set(uri, { uri, ...(range === undefined ? {} : { line: range.start.line }) });
      }
    }
  }
  return [...files.values()];
}

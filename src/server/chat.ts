/** `llama2/chat`: answers the last turn of a conversation. */
import type { ChatChunk, ChatParams, ChatResult } from "../protocol/engine";
import { answer } from "./answer";
import type { ServerParts } from "./serverParts";

export function chat(
  parts: ServerParts,
  params: ChatParams,
  onChunk: (chunk: ChatChunk) => void,
  signal: AbortSignal,
): Promise<ChatResult> {
  const { turns, sampling } = params;
  const onText = (text: string): void => {
    onChunk({ text });
  };
  return answer(parts, { request: "chat", turns, sampling, onText }, signal);
}

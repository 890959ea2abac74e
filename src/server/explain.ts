/** `llama2/explain`: explains a range of an open document. */
import { explainQuestion } from "../prompt/explain";
import type { ChatChunk, ExplainParams, ExplainResult } from "../protocol/engine";
import { answer } from "./answer";
import { textOfRange } from "./documents";
import type { ServerParts } from "./serverParts";

export async function explain(
  parts: ServerParts,
  params: ExplainParams,
  onChunk: (chunk: ChatChunk) => void,
  signal: AbortSignal,
): Promise<ExplainResult> {
  const document = parts.documents.get(params.textDocument.uri);
  const code = {
    uri: document.uri,
    languageId: document.languageId,
    range: params.range,
    text: textOfRange(document, params.range),
    ...(params.focus === undefined ? {} : { focus: params.focus }),
  };
  const question = explainQuestion(code, params, params.attachments);
  const onText = (text: string): void => {
    onChunk({ text });
  };
  const turns = [...(params.history ?? []), question];
  const result = await answer(parts, { request: "explain", turns, sampling: params.sampling, onText }, signal);
  return { question, ...result };
}

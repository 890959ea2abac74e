/** `llama2/countTokens`: what a question would use of the context, while it is being written. */
import type { ChatParams, ChatTurn, TokenCounts } from "../protocol/engine";
import { parseSampling } from "../protocol/sampling";
import { withPaths } from "./attachmentPaths";
import { chatBudget, fitConversation, promptTokensOf } from "./chatPrompt";
import type { LanguageModel } from "./engine/engine";
import type { ServerParts } from "./serverParts";

/** `null` while no chat model is in memory. Throws `DialogError` where turns are out of order. */
export function countTokens(
  parts: ServerParts,
  { turns: asked, sampling }: Pick<ChatParams, "turns" | "sampling">,
): TokenCounts | null {
  const turns = withPaths(asked, parts.pathInWorkspace);
  const model = parts.models.loadedModel("chat");
  if (model === undefined) {
    return null;
  }
  const budget = chatBudget(model.info, parseSampling(sampling, parts.settings().sampling));
  const fitted = fitConversation(model, turns, budget);
  return {
    contextTokens: budget.contextTokens,
    answerTokens: budget.answerTokens,
    promptTokens: fitted.kind === "fits" ? promptTokensOf(model, fitted.turns).length : fitted.tokens,
    droppedPairs: fitted.kind === "fits" ? fitted.droppedPairs : 0,
    attachmentTokens: attachmentTokens(model, turns.at(-1)),
    tooLong: fitted.kind === "tooLong",
  };
}

/** What the prompt grows by with each attachment, beside a short question. */
function attachmentTokens(model: LanguageModel, turn: ChatTurn | undefined): readonly number[] {
  const question = { role: "user", content: "?" } as const;
  const alone = promptTokensOf(model, [question]).length;
  const attachments = turn?.role === "user" ? (turn.attachments ?? []) : [];
  return attachments.map(
    (attachment) => promptTokensOf(model, [{ ...question, attachments: [attachment] }]).length - alone,
  );
}

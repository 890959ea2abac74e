/** What the chat page can ask to be done to the conversation, and who does it. */
import { assertNever } from "../../base/assertNever";
import type { ConversationAction, ConversationOptions } from "../../protocol/chatActions";
import type { ToView } from "../../protocol/chatView";
import type { ExplainContext, ExplainLevel } from "../../protocol/explain";
import type { Sampling } from "../../protocol/sampling";
import type { CodeAttachment } from "./attachment";
import type { ChatController, ExplainHow } from "./chatController";
import type { ContextMeter } from "./contextMeter";
import type { Conversation } from "./conversation";

export interface ConversationActionParts {
  readonly conversation: Conversation;
  readonly controller: ChatController;
  readonly meter: ContextMeter;
  readonly post: (message: ToView) => void;
  /** Has code explained that was explained before. Resolves when the answer has ended. */
  readonly explainCode: (code: CodeAttachment, context: ExplainContext, how: ExplainHow) => Promise<void>;
}

export interface ChatDefaults {
  readonly systemPrompt: string;
  readonly sampling: Sampling;
}

/** Resolves when it is done; for `retry`, `explainAgain` and `resend`, when the answer has ended. */
export async function handleConversationAction(
  action: ConversationAction,
  parts: ConversationActionParts,
): Promise<void> {
  const { conversation, controller, meter } = parts;
  switch (action.type) {
    case "retry":
      return controller.retry();
    case "explainAgain":
      return explainAgain(action.level, parts);
    case "resend":
      return controller.resend(action.messageId, action.text, action.attachments);
    case "draft":
      meter.setDraft(action.text);
      return;
    case "setOptions":
      conversation.setOptions(action);
      return;
    case "undo":
    case "deleteExchange":
    case "clear":
    case "restore":
      if (!controller.isAnswering) {
        change(action, parts);
      }
      return;
    default:
      return assertNever(action);
  }
}

/** In the place of the question before; with the facts of the code as it is now. */
async function explainAgain(
  level: ExplainLevel,
  { conversation, controller, explainCode }: ConversationActionParts,
): Promise<void> {
  const last = conversation.data.exchanges.at(-1);
  const [code, ...others] = last?.attachments ?? [];
  if (last?.explained !== undefined && code !== undefined && !controller.isAnswering) {
    await explainCode(code, { ...last.explained, level }, { insteadOf: last.id, others });
  }
}

function change(
  action: Extract<ConversationAction, { type: "undo" | "deleteExchange" | "clear" | "restore" }>,
  { conversation, post }: ConversationActionParts,
): void {
  switch (action.type) {
    case "undo": {
      const text = conversation.takeBack();
      if (text !== undefined) {
        post({ type: "takenBack", text });
      }
      return;
    }
    case "deleteExchange":
      conversation.remove(action.messageId);
      return;
    case "clear":
      conversation.clear();
      return;
    case "restore":
      conversation.restore();
      return;
    default:
      assertNever(action);
  }
}

export function conversationOptions(
  { data }: Conversation,
  { sampling, systemPrompt }: ChatDefaults,
): ConversationOptions {
  return {
    sampling: { ...sampling, ...data.sampling },
    systemPrompt: data.systemPrompt ?? systemPrompt,
    defaults: { sampling, systemPrompt },
  };
}

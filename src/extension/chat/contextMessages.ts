/** What the page asks for about the context of the next question: the lists over the box, dropped files, pasted code. */
import type { AttachmentAction, FromView, SuggestPick, SuggestRequest, ToView } from "../../protocol/chatView";
import { attachDropped } from "./context/attachCommands";
import type { Context } from "./context/context";
import type { Conversation } from "./conversation";
import type { Suggester } from "./suggester";

export interface ContextMessageParts {
  readonly conversation: Conversation;
  readonly suggester: Suggester;
  readonly context: Context;
  readonly post: (message: ToView) => void;
}

export async function handleContextMessage(
  message: Extract<FromView, { type: "removePending" }> | AttachmentAction | SuggestPick | SuggestRequest,
  { conversation, suggester, context, post }: ContextMessageParts,
): Promise<void> {
  switch (message.type) {
    case "removePending":
      conversation.pending.remove(message.index);
      return;
    case "suggest":
      return suggester.suggest(message);
    case "pick":
      return suggester.pick(message);
    case "dropped":
      return attachDropped(context, message.uris);
    case "pasted":
      if (await context.paste(message.text)) {
        post({ type: "pastedIsCode", text: message.text });
      }
  }
}

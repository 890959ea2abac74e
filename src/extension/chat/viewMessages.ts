/** What the chat page can ask for, and who does it: one line per message. */
import { assertNever } from "../../base/assertNever";
import type { FromView } from "../../protocol/chatView";
import { openLines } from "./answerLines";
import { filesBehind, type AttachedFile } from "./attachedFiles";
import { copyCode, insertAtCursor, newFile, openAttachment, openLink, replaceSelection } from "./codeActions";
import { handleConversationAction, type ConversationActionParts } from "./conversationActions";
import { handleContextMessage, type ContextMessageParts } from "./contextMessages";

export interface ViewMessageParts extends ConversationActionParts, ContextMessageParts {
  /** Commands that are not the chat's own. */
  readonly selectModel: () => Promise<void>;
  readonly downloadModel: () => Promise<void>;
  readonly restartEngine: () => Promise<void>;
  readonly showLog: () => void;
  /** Proposes what the code makes of the file it is for. */
  readonly applyCode: (request: { readonly code: string; readonly files: readonly AttachedFile[] }) => Promise<void>;
}

/** Resolves when what was asked for is done; for `send`, when the answer has ended. */
export async function handleViewMessage(message: FromView, parts: ViewMessageParts): Promise<void> {
  const { conversation, controller, post } = parts;
  switch (message.type) {
    case "ready":
      conversation.tellAll();
      post({ type: "engine", state: controller.modelState });
      return;
    case "send":
      return controller.send(message.text);
    case "stop":
      controller.stop();
      return;
    case "newChat":
      controller.newChat();
      return;
    case "selectModel":
    case "downloadModel":
    case "restartEngine":
      return parts[message.type]();
    case "showLog":
      parts.showLog();
      return;
    case "copy":
      return copyCode(message.code);
    case "insert":
      return insertAtCursor(message.code);
    case "replaceSelection":
      return replaceSelection(message.code);
    case "newFile":
      return newFile(message.code, message.language);
    case "apply":
      return parts.applyCode({ code: message.code, files: filesBehind(conversation.data, message.messageId) });
    case "openLink":
      return openLink(message.href);
    case "openAttachment": {
      const attachment = conversation.attachment(message.messageId, message.index);
      return attachment === undefined ? undefined : openAttachment(attachment);
    }
    case "openLines":
      return openLines(conversation.data, message.messageId, message);
    case "removePending":
    case "suggest":
    case "pick":
    case "dropped":
    case "pasted":
      return handleContextMessage(message, parts);
    case "retry":
    case "explainAgain":
    case "undo":
    case "resend":
    case "deleteExchange":
    case "clear":
    case "restore":
    case "draft":
    case "setOptions":
      return handleConversationAction(message, parts);
    default:
      return assertNever(message);
  }
}

/** Which lines of which file an answer may name, checked against the file as it is. */
import * as vscode from "vscode";
import type { LineRange, ToView, ViewMessage } from "../../protocol/chatView";
import type { CodeAttachment } from "./attachment";
import type { ConversationData, Exchange } from "./conversationData";

/** The message with the lines that its finished answers may link to. */
export function withLines(message: ToView, { exchanges }: ConversationData): ToView {
  switch (message.type) {
    case "message":
      return { ...message, message: messageWithLines(message.message, exchanges) };
    case "conversation":
      return { ...message, messages: message.messages.map((one) => messageWithLines(one, exchanges)) };
    default:
      return message;
  }
}

function messageWithLines(message: ViewMessage, exchanges: readonly Exchange[]): ViewMessage {
  if (message.role !== "assistant" || message.status.kind !== "done") {
    return message;
  }
  const code = codeBehind(exchanges, message.id);
  const lines = code === undefined ? undefined : linesStanding(code);
  return lines === undefined ? message : { ...message, lines };
}

/** Selects the lines in their file. */
export async function openLines({ exchanges }: ConversationData, answerId: string, lines: LineRange): Promise<void> {
  const code = codeBehind(exchanges, answerId);
  if (code === undefined) {
    return;
  }
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(code.uri));
  const last = document.lineAt(Math.min(Math.max(lines.last, 1), document.lineCount) - 1);
  const first = Math.min(Math.max(lines.first, 1), document.lineCount) - 1;
  await vscode.window.showTextDocument(document, {
    selection: new vscode.Range(first, 0, last.lineNumber, last.text.length),
  });
}

/** The first code with a place that went with the question. */
function codeBehind(exchanges: readonly Exchange[], answerId: string): CodeAttachment | undefined {
  const exchange = exchanges.find(({ answer }) => answer.id === answerId);
  return exchange?.attachments.find(({ range }) => range !== undefined);
}

/** Counted from 1; `undefined` where the file is not open or has other text there by now. */
function linesStanding({ uri, range, text }: CodeAttachment): LineRange | undefined {
  const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri);
  if (document === undefined || range === undefined) {
    return undefined;
  }
  const { start, end } = range;
  const place = new vscode.Range(start.line, start.character, end.line, end.character);
  return document.getText(place) === text ? { first: start.line + 1, last: end.line + 1 } : undefined;
}

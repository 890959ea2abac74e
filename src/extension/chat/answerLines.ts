/** Which lines of which file an answer may name, checked against the file as it is. */
import { basename } from "node:path/posix";
import * as vscode from "vscode";
import type { LineRange, ToView, ViewMessage } from "../../protocol/chatView";
import type { PlainRange } from "../codeLabel";
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

/** Selects the lines in their file, which is opened; where the code stands elsewhere in it by now, there. Else says why not. */
export async function openLines({ exchanges }: ConversationData, answerId: string, lines: LineRange): Promise<void> {
  const code = codeBehind(exchanges, answerId);
  if (code?.range === undefined) {
    return;
  }
  const name = basename(vscode.Uri.parse(code.uri).path);
  const document = await openDocument(code.uri);
  if (document === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t("{0} cannot be opened any more.", name));
    return;
  }
  const start = startOf(document, code);
  if (start === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("The code in {0} has changed since it was explained: these lines are no longer there.", name),
    );
    return;
  }
  const moved = start - code.range.start.line;
  const inFile = (line: number): number => Math.min(Math.max(line + moved, 1), document.lineCount) - 1;
  const last = document.lineAt(inFile(lines.last));
  await vscode.window.showTextDocument(document, {
    selection: new vscode.Range(inFile(lines.first), 0, last.lineNumber, last.text.length),
  });
}

async function openDocument(uri: string): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  } catch {
    return undefined; // it is gone
  }
}

/** The line, from 0, at which the code stands: where it was, else where it is found once. */
function startOf(document: vscode.TextDocument, { range, text }: CodeAttachment): number | undefined {
  if (range !== undefined && standsAt(document, range, text)) {
    return range.start.line;
  }
  const all = document.getText();
  const at = all.indexOf(text);
  return at < 0 || text === "" || all.includes(text, at + 1) ? undefined : document.positionAt(at).line;
}

function standsAt(document: vscode.TextDocument, { start, end }: PlainRange, text: string): boolean {
  return document.getText(new vscode.Range(start.line, start.character, end.line, end.character)) === text;
}

/** The first code with a place that went with the question. */
function codeBehind(exchanges: readonly Exchange[], answerId: string): CodeAttachment | undefined {
  const exchange = exchanges.find(({ answer }) => answer.id === answerId);
  return exchange?.attachments.find(({ range }) => range !== undefined);
}

/** Counted from 1; `undefined` where the open file has other text there. One that is not open is looked at when a link is used. */
function linesStanding({ uri, range, text }: CodeAttachment): LineRange | undefined {
  const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri);
  const canBeOpened = !uri.startsWith("untitled:") && !uri.startsWith("terminal:");
  if (range === undefined || (document === undefined ? !canBeOpened : !standsAt(document, range, text))) {
    return undefined;
  }
  return { first: range.start.line + 1, last: range.end.line + 1 };
}

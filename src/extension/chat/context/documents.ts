/** Documents as attachments: whole ones, read through VS Code, so that unsaved changes count and every file system works. */
import { basename } from "node:path/posix";
import * as vscode from "vscode";
import { rangeLabel, type PlainRange } from "../../codeLabel";
import { PROMPT_SCHEME } from "../../contributions";
import type { CodeAttachment } from "../attachment";
import { itemId } from "./contextItem";
import { nothing, read, type Reading } from "./contextParts";
import type { MayAttach } from "./exclusions";

/** Far more than any context window holds; reading more would only take time. */
const MAX_BYTES = 2 * 1024 * 1024;

/** What a text editor shows, files and unsaved documents; not output channels, and not our own pages. */
export function isAttachable(uri: vscode.Uri): boolean {
  return uri.scheme !== "output" && uri.scheme !== PROMPT_SCHEME && !uri.scheme.startsWith("vscode");
}

/** A whole document. It is read again when the question is sent, as VS Code's own chat does with files. */
export async function readDocument(uri: vscode.Uri, mayAttach: MayAttach): Promise<Reading> {
  const name = basename(uri.path);
  if (!mayAttach(uri)) {
    return nothing(keptBack(name));
  }
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  const problem = open === undefined ? await unreadable(uri, name) : undefined;
  if (problem !== undefined) {
    return nothing(problem);
  }
  try {
    return documentReading(open ?? (await vscode.workspace.openTextDocument(uri)));
  } catch {
    // VS Code says so only in the sentence of its error, which is not made for people
    return nothing(vscode.l10n.t("{0} is not a text file and cannot be attached.", name));
  }
}

/** A piece of a document, with the text that it has now. */
export function pieceOf(document: vscode.TextDocument, range: vscode.Range): CodeAttachment {
  const plain = plainRange(range);
  return {
    uri: document.uri.toString(),
    languageId: document.languageId,
    range: plain,
    text: document.getText(range),
    label: rangeLabel(basename(document.uri.path), plain),
  };
}

export function keptBack(name: string): string {
  return vscode.l10n.t(
    "{0} is kept from the model: it looks as if it held secrets, or llama2.exclude or .llama2ignore names it.",
    name,
  );
}

function documentReading(document: vscode.TextDocument): Reading {
  const name = basename(document.uri.path);
  const text = document.getText();
  if (text.trim() === "") {
    return nothing(vscode.l10n.t("{0} is empty: there is nothing to attach.", name));
  }
  const uri = document.uri.toString();
  const focus = vscode.window.visibleTextEditors.find((editor) => editor.document === document)?.selection;
  return read({
    uri,
    languageId: document.languageId,
    text,
    label: name,
    source: itemId({ kind: "file", uri }),
    ...(focus === undefined ? {} : { focus: plainRange(focus) }),
  });
}

function plainRange({ start, end }: vscode.Range): PlainRange {
  return {
    start: { line: start.line, character: start.character },
    end: { line: end.line, character: end.character },
  };
}

async function unreadable(uri: vscode.Uri, name: string): Promise<string | undefined> {
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.Directory) !== 0) {
      return vscode.l10n.t("{0} is a folder. Attach the files in it that the question is about.", name);
    }
    return size > MAX_BYTES
      ? vscode.l10n.t("{0} is too large to attach. Select the part that matters and add the selection.", name)
      : undefined;
  } catch {
    return vscode.l10n.t("{0} cannot be read. Was it moved or deleted?", name);
  }
}

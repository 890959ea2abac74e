/**
 * Knows where pasted code comes from: what was copied last in an editor, as VS Code tells of each copy, or else what is
 * selected in an editor or stands in an open document.
 */
import * as vscode from "vscode";
import type { Disposable } from "../../../base/disposables";
import type { CodeAttachment } from "../attachment";
import { isAttachable, pieceOf } from "./documents";
import { placeOf } from "./placeOf";

interface Copy {
  readonly text: string;
  readonly attachments: readonly CodeAttachment[];
}

export class CopiedCode implements Disposable {
  private lastCopy: Copy | undefined;
  private readonly registration: Disposable;

  constructor() {
    this.registration = vscode.languages.registerDocumentPasteEditProvider(
      "*",
      {
        prepareDocumentPaste: (document, ranges, data) => this.remember(document, ranges, data),
      },
      { copyMimeTypes: ["text/plain"], providedPasteEditKinds: [] },
    );
  }

  /** The code that a pasted text is, in its place; none where it is no code of a document. Line ends do not matter. */
  find(pasted: string): readonly CodeAttachment[] {
    const wanted = lineFeeds(pasted);
    return this.lastCopy !== undefined && lineFeeds(this.lastCopy.text) === wanted
      ? this.lastCopy.attachments
      : (findSelected(wanted) ?? findInOpenDocuments(wanted));
  }

  dispose(): void {
    this.registration.dispose();
  }

  private async remember(
    document: vscode.TextDocument,
    ranges: readonly vscode.Range[],
    data: vscode.DataTransfer,
  ): Promise<void> {
    if (isAttachable(document.uri)) {
      // A copy without a selection is one of the whole line: the ranges are empty, the text is not.
      const whole = ranges.map((range) => (range.isEmpty ? document.lineAt(range.start.line).range : range));
      const attachments = whole.map((range) => pieceOf(document, range));
      const text = (await data.get("text/plain")?.asString()) ?? "";
      this.lastCopy = { attachments, text: text === "" ? attachments.map((one) => one.text).join("\n") : text };
    }
  }
}

function findSelected(wanted: string): readonly CodeAttachment[] | undefined {
  for (const { document, selection } of vscode.window.visibleTextEditors) {
    if (isAttachable(document.uri) && lineFeeds(document.getText(selection)) === wanted) {
      return [pieceOf(document, selection)];
    }
  }
  return undefined;
}

function findInOpenDocuments(wanted: string): readonly CodeAttachment[] {
  for (const document of vscode.workspace.textDocuments) {
    const place = isAttachable(document.uri) ? placeOf(wanted, lineFeeds(document.getText())) : undefined;
    if (place !== undefined) {
      const { start, end } = place;
      return [pieceOf(document, new vscode.Range(start.line, start.character, end.line, end.character))];
    }
  }
  return [];
}

function lineFeeds(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

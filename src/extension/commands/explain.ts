/** "Explain Selection": finds the code, opens the chat and asks about it. */
import { basename } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";
import type { Attachment } from "../../protocol/engine";
import { rangeLabel } from "../codeLabel";
import { enclosingRange, type PlainSymbol } from "./explainTarget";

/** A piece of code with what the chat shows of it. */
export interface LabelledCode extends Attachment {
  readonly label: string;
}

export interface ExplainParts {
  /** Opens the chat without taking the focus from the editor. */
  readonly revealChat: () => Promise<void>;
  /** Resolves when the answer has ended. */
  readonly explain: (code: LabelledCode) => Promise<void>;
}

/** Language servers may take long after start; then the line is explained rather than nothing. */
const SYMBOLS_TIMEOUT_MS = 1_500;

const EXPLAINED_KINDS: ReadonlySet<number> = new Set([
  vscode.SymbolKind.Function,
  vscode.SymbolKind.Method,
  vscode.SymbolKind.Constructor,
  vscode.SymbolKind.Class,
]);

/** Explains what is selected in the active editor; else the function around the cursor; else the line. */
export async function explainSelection(parts: ExplainParts): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t("Open a file and select the code to explain."));
    return;
  }
  const { document, selection } = editor;
  const range = selection.isEmpty ? await rangeAround(document, selection.active) : selection;
  const text = document.getText(range);
  if (text.trim() === "") {
    void vscode.window.showInformationMessage(vscode.l10n.t("There is no code at the cursor. Select what to explain."));
    return;
  }
  await parts.revealChat();
  await parts.explain({
    uri: document.uri.toString(),
    languageId: document.languageId,
    range: {
      start: { line: range.start.line, character: range.start.character },
      end: { line: range.end.line, character: range.end.character },
    },
    text,
    label: rangeLabel(basename(document.uri.path), range),
  });
}

async function rangeAround(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Range> {
  return (await functionAround(document, position)) ?? document.lineAt(position.line).range;
}

/** The function or class around a position; undefined where there is none, or the language takes too long to say. */
export async function functionAround(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<vscode.Range | undefined> {
  const symbols = await Promise.race([symbolsOf(document), delay(SYMBOLS_TIMEOUT_MS, [], { ref: false })]);
  const found = enclosingRange(symbols, position, EXPLAINED_KINDS);
  return found === undefined
    ? undefined
    : new vscode.Range(found.start.line, found.start.character, found.end.line, found.end.character);
}

async function symbolsOf(document: vscode.TextDocument): Promise<readonly PlainSymbol[]> {
  try {
    const symbols = await vscode.commands.executeCommand<readonly PlainSymbol[] | undefined>(
      "vscode.executeDocumentSymbolProvider",
      document.uri,
    );
    return symbols ?? [];
  } catch {
    return []; // a broken symbol provider is not ours to report; the line is explained instead
  }
}

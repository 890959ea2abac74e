/** "Explain Selection": finds the code, opens the chat and asks about it. */
import { basename } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";
import type { Declaration, SymbolUse } from "../../protocol/declarations";
import type { Attachment } from "../../protocol/engine";
import type { ExplainContext, ExplainLevel } from "../../protocol/explain";
import { rangeLabel } from "../codeLabel";
import { explainedProblem, namesUsed, problemsIn } from "./explainFacts";
import { enclosingRange, type PlainSymbol } from "./explainTarget";

/** A piece of code with what the chat shows of it. */
export interface LabelledCode extends Attachment {
  readonly label: string;
}

export interface ExplainParts {
  /** Opens the chat without taking the focus from the editor. */
  readonly revealChat: () => Promise<void>;
  /** Resolves when the answer has ended. */
  readonly explain: (code: LabelledCode, context: ExplainContext) => Promise<void>;
  /** What the editor knows of names in a document; within a second or so, never rejects. */
  readonly findDeclarations: (uri: string, symbols: readonly SymbolUse[]) => Promise<readonly Declaration[]>;
}

/** Language servers may take long after start; then the line is explained rather than nothing. */
const SYMBOLS_TIMEOUT_MS = 1_500;

/** Each costs time before the first word of the answer. */
const MOST_DECLARATIONS = 4;
const MOST_DECLARATION_LINES = 16;

const EXPLAINED_KINDS: ReadonlySet<number> = new Set([
  vscode.SymbolKind.Function,
  vscode.SymbolKind.Method,
  vscode.SymbolKind.Constructor,
  vscode.SymbolKind.Class,
]);

/** Explains what is selected in the active editor; else the function around the cursor; else the line. */
export async function explainSelection(parts: ExplainParts, level: ExplainLevel): Promise<void> {
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
  await explainRange(parts, document, range, { level });
}

/** Explains a problem: the one that is given, else the first one at the cursor. */
export async function explainProblem(parts: ExplainParts, given?: GivenProblem): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const cursor = editor?.selection.active;
  const uri = given?.uri ?? editor?.document.uri;
  const problem =
    given?.problem ??
    (uri === undefined || cursor === undefined
      ? undefined
      : vscode.languages
          .getDiagnostics(uri)
          .find(({ range }) => range.start.line <= cursor.line && range.end.line >= cursor.line));
  if (uri === undefined || problem === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t("There is no problem at the cursor."));
    return;
  }
  const document = await vscode.workspace.openTextDocument(uri);
  const range = wholeLines(document, await rangeAround(document, problem.range.start));
  await explainRange(parts, document, range.union(wholeLines(document, problem.range)), {
    about: explainedProblem(problem),
  });
}

export interface GivenProblem {
  readonly uri: vscode.Uri;
  readonly problem: vscode.Diagnostic;
}

function wholeLines(document: vscode.TextDocument, { start, end }: vscode.Range): vscode.Range {
  return document.lineAt(start.line).range.union(document.lineAt(end.line).range);
}

async function explainRange(
  parts: ExplainParts,
  document: vscode.TextDocument,
  range: vscode.Range,
  context: ExplainContext,
): Promise<void> {
  const text = document.getText(range);
  await parts.revealChat();
  const found = await parts.findDeclarations(document.uri.toString(), namesUsed(text, range.start));
  const problems = context.about === undefined ? problemsIn(range, vscode.languages.getDiagnostics(document.uri)) : [];
  const declarations = found.slice(0, MOST_DECLARATIONS).map((one) => ({
    ...one,
    text: one.text.split("\n").slice(0, MOST_DECLARATION_LINES).join("\n"),
  }));
  const code = {
    uri: document.uri.toString(),
    languageId: document.languageId,
    range: {
      start: { line: range.start.line, character: range.start.character },
      end: { line: range.end.line, character: range.end.character },
    },
    text,
    label: rangeLabel(basename(document.uri.path), range),
  };
  await parts.explain(code, { ...context, problems, declarations });
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

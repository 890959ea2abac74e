/** "Explain Selection": finds the code, opens the chat and asks about it. */
import { basename } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";
import type { Declaration, SymbolUse } from "../../protocol/declarations";
import type { ExplainContext } from "../../protocol/explain";
import { rangeLabel, type PlainRange } from "../codeLabel";
import type { LabelledCode } from "../labelledCode";
import { explainedProblem, namesUsed, problemsIn } from "./explainFacts";
import { enclosingRange, type PlainSymbol } from "./explainTarget";

export interface ExplainParts {
  /** Opens the chat without taking the focus from the editor. */
  readonly revealChat: () => Promise<void>;
  /** Resolves when the answer has ended. */
  readonly explain: (code: LabelledCode, context: ExplainContext, how: ExplainedHow) => Promise<void>;
  /** Whether a file may be shown to the model, by the user's rules. */
  readonly mayShow: () => Promise<(uri: vscode.Uri) => boolean>;
  /** What the editor knows of names in a document; within a second or so, never rejects. */
  readonly findDeclarations: (uri: string, symbols: readonly SymbolUse[]) => Promise<readonly Declaration[]>;
}

/** How it goes into the conversation; the same as the chat's. */
export interface ExplainedHow {
  readonly insteadOf?: string | undefined;
  readonly isTyped?: boolean;
  readonly others?: readonly LabelledCode[];
  readonly isGone?: boolean;
}

interface Explained {
  readonly document: vscode.TextDocument;
  readonly range: vscode.Range;
  /** What of it matters most; absent where it is all the same. */
  readonly focus?: vscode.Range;
  readonly context: ExplainContext;
  readonly how?: ExplainedHow;
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

/**
 * Explains what is selected in the active editor; else the function around the cursor; else the line. False where there is
 * nothing to explain, which it says.
 */
export async function explainSelection(
  parts: ExplainParts,
  context: ExplainContext,
  how?: ExplainedHow,
): Promise<boolean> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t("Open a file and select the code to explain."));
    return false;
  }
  const { document, selection } = editor;
  const range = selection.isEmpty ? await rangeAround(document, selection.active) : selection;
  if (document.getText(range).trim() === "") {
    void vscode.window.showInformationMessage(vscode.l10n.t("There is no code at the cursor. Select what to explain."));
    return false;
  }
  if (!(await mayExplain(parts, document.uri))) {
    return false;
  }
  const focus = selection.isEmpty ? { focus: document.lineAt(selection.active.line).range } : {};
  await explainRange(parts, { document, range, ...focus, context, ...(how === undefined ? {} : { how }) });
  return true;
}

/** Explains code that was explained before: as it stands in its file, or where it does not any more, as it was. */
export async function explainAgain(
  parts: ExplainParts,
  code: LabelledCode,
  { context, how }: { readonly context: ExplainContext; readonly how: ExplainedHow },
): Promise<void> {
  const place = await placeOf(code);
  if (place === undefined) {
    await parts.explain(code, context, { ...how, isGone: true });
    return;
  }
  const focus = code.focus === undefined ? {} : { focus: rangeOf(code.focus) };
  await explainRange(parts, { ...place, ...focus, context, how });
}

async function mayExplain({ mayShow }: ExplainParts, uri: vscode.Uri): Promise<boolean> {
  if ((await mayShow())(uri)) {
    return true;
  }
  void vscode.window.showWarningMessage(
    vscode.l10n.t(
      "{0} is kept from the model: it looks as if it held secrets, or llama2.exclude or .llama2ignore names it.",
      basename(uri.path),
    ),
  );
  return false;
}

async function placeOf({ uri, range, text }: LabelledCode): Promise<Pick<Explained, "document" | "range"> | undefined> {
  if (range === undefined) {
    return undefined;
  }
  try {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
    const place = rangeOf(range);
    return document.getText(place) === text ? { document, range: place } : undefined;
  } catch {
    return undefined; // the file is gone; the question carries the code
  }
}

function rangeOf({ start, end }: PlainRange): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
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
  if (!(await mayExplain(parts, uri))) {
    return;
  }
  const document = await vscode.workspace.openTextDocument(uri);
  const range = wholeLines(document, await rangeAround(document, problem.range.start));
  await explainRange(parts, {
    document,
    range: range.union(wholeLines(document, problem.range)),
    focus: problem.range,
    context: { about: explainedProblem(problem) },
  });
}

export interface GivenProblem {
  readonly uri: vscode.Uri;
  readonly problem: vscode.Diagnostic;
}

function wholeLines(document: vscode.TextDocument, { start, end }: vscode.Range): vscode.Range {
  return document.lineAt(start.line).range.union(document.lineAt(end.line).range);
}

async function explainRange(parts: ExplainParts, { document, range, focus, context, how }: Explained): Promise<void> {
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
    range: plainRange(range),
    ...(focus === undefined ? {} : { focus: plainRange(focus) }),
    text,
    label: rangeLabel(basename(document.uri.path), range),
  };
  await parts.explain(code, { ...context, problems, declarations }, how ?? {});
}

function plainRange({ start, end }: vscode.Range): PlainRange {
  return {
    start: { line: start.line, character: start.character },
    end: { line: end.line, character: end.character },
  };
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

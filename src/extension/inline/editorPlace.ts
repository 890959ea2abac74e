/** What the editor knows about the place of a suggestion, as the pure files of this folder want it. */
import * as vscode from "vscode";
import { takesCompletions } from "../../protocol/takesCompletions";
import type { Engine } from "../engineApi";
import type { Settings } from "../settings";
import type { Question } from "./asker";
import { placeOf } from "./place";
import type { CompletionFacts } from "./policy";
import type { CompletionQuery } from "./request";

/** Lines around the cursor of which the place is made; more than it keeps of ordinary code. */
const LINES_BEFORE = 200;
const LINES_AFTER = 100;

interface Parts {
  readonly engine: Pick<Engine, "state" | "isSynced">;
  readonly settings: () => Settings;
}

export function completionFacts(
  document: vscode.TextDocument,
  position: vscode.Position,
  { triggerKind, selectedCompletionInfo: selected }: vscode.InlineCompletionContext,
  { engine, settings }: Parts,
): CompletionFacts {
  const { completionEnabled, completionLanguages } = settings();
  const explicit = triggerKind === vscode.InlineCompletionTriggerKind.Invoke;
  const line = document.lineAt(position.line).text;
  return {
    enabled: completionEnabled,
    languages: completionLanguages,
    languageId: document.languageId,
    synced: engine.isSynced(document.uri.toString()),
    engineReady: isEngineReady(engine, explicit),
    writable: vscode.workspace.fs.isWritableFileSystem(document.uri.scheme) !== false,
    documentLength: document.offsetAt(document.lineAt(document.lineCount - 1).range.end),
    cursors: editorOf(document)?.selections.length ?? 1,
    explicit,
    before: line.charAt(position.character - 1),
    after: line.charAt(position.character),
    selected: selected && {
      text: selected.text,
      replaced: document.getText(new vscode.Range(selected.range.start, position)),
    },
  };
}

function isEngineReady({ state }: Pick<Engine, "state">, explicit: boolean): boolean {
  return state.kind === "running" && takesCompletions(state.models.completion, explicit);
}

export function questionAt(
  document: vscode.TextDocument,
  position: vscode.Position,
  { triggerKind, selectedCompletionInfo: selected }: vscode.InlineCompletionContext,
): Question<CompletionQuery> {
  const { start, end } = selected?.range ?? new vscode.Range(position, position);
  const uri = document.uri.toString();
  const formatting = formattingOf(editorOf(document));
  const text = selected?.text ?? "";
  const firstLine = Math.max(0, start.line - LINES_BEFORE);
  const before = document.getText(new vscode.Range(firstLine, 0, start.line, start.character));
  const after = document.getText(new vscode.Range(end.line, end.character, end.line + LINES_AFTER, 0));
  return {
    place: placeOf(uri, before + text, after),
    request: {
      uri,
      version: document.version,
      explicit: triggerKind === vscode.InlineCompletionTriggerKind.Invoke,
      base: { range: { start: plain(start), end: plain(end) }, text },
      origin: selected === undefined ? "cursor" : "selectedItem",
      ...(formatting === undefined ? {} : { formatting }),
    },
  };
}

/** An answer that is late is dropped; a document without an editor has no cursor that could have moved. */
export function isStillThere(
  document: vscode.TextDocument,
  position: vscode.Position,
  { version }: CompletionQuery,
): boolean {
  const cursor = editorOf(document)?.selection.active ?? position;
  return document.version === version && cursor.isEqual(position);
}

function editorOf(document: vscode.TextDocument): vscode.TextEditor | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor?.document === document ? editor : undefined;
}

/** What the options of an open editor are: never "auto", which only who sets them may say. */
function formattingOf(editor: vscode.TextEditor | undefined): CompletionQuery["formatting"] {
  const { tabSize, insertSpaces } = editor?.options ?? {};
  return typeof tabSize === "number" && typeof insertSpaces === "boolean" ? { tabSize, insertSpaces } : undefined;
}

function plain({ line, character }: vscode.Position): { line: number; character: number } {
  return { line, character };
}

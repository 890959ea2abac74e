/** What the variables of prompts stand for in VS Code: the active editor's code, problems and file. */
import { basename } from "node:path/posix";
import * as vscode from "vscode";
import { rangeLabel } from "../codeLabel";
import type { LabelledCode } from "../labelledCode";

/** The function around a position, where the language knows functions. */
export type FindFunction = (
  document: vscode.TextDocument,
  position: vscode.Position,
) => Promise<vscode.Range | undefined>;

const MAX_PROBLEMS = 20;

/** What is selected; undefined where nothing or nothing but white space is. */
export function selectedCode(editor: vscode.TextEditor): LabelledCode | undefined {
  const { document, selection } = editor;
  return document.getText(selection).trim() === "" ? undefined : pieceOf(document, selection);
}

/** What is selected, else the function around the cursor. */
export async function selectedCodeOrFunction(
  editor: vscode.TextEditor,
  findFunction: FindFunction,
): Promise<LabelledCode | undefined> {
  const { document, selection } = editor;
  const selected = selectedCode(editor);
  if (selected !== undefined) {
    return selected;
  }
  const range = await findFunction(document, selection.active);
  return range === undefined ? undefined : pieceOf(document, range);
}

export function wholeFile(document: vscode.TextDocument): LabelledCode {
  const { uri, languageId } = document;
  return { uri: uri.toString(), languageId, text: document.getText(), label: basename(uri.path) };
}

/** "line 12: error: 'x' is not defined (Pylance)", one a line, of the code or of the whole document. */
export function problemsText(document: vscode.TextDocument, code: LabelledCode | undefined): string {
  const found = vscode.languages.getDiagnostics(document.uri).filter(({ range, severity }) => {
    const isProblem = severity === vscode.DiagnosticSeverity.Error || severity === vscode.DiagnosticSeverity.Warning;
    const inCode =
      code?.range === undefined || (range.end.line >= code.range.start.line && range.start.line <= code.range.end.line);
    return isProblem && inCode;
  });
  const lines = found
    .sort((a, b) => a.severity - b.severity || a.range.start.line - b.range.start.line)
    .slice(0, MAX_PROBLEMS)
    .map(({ range, severity, message, source }) => {
      const kind = severity === vscode.DiagnosticSeverity.Error ? "error" : "warning";
      const text = message.replace(/\s+/g, " ");
      return `line ${String(range.start.line + 1)}: ${kind}: ${text}${source === undefined ? "" : ` (${source})`}`;
    });
  const more = found.length - lines.length;
  return [...lines, ...(more > 0 ? [`and ${String(more)} more`] : [])].join("\n");
}

function pieceOf(document: vscode.TextDocument, { start, end }: vscode.Range): LabelledCode {
  const range = {
    start: { line: start.line, character: start.character },
    end: { line: end.line, character: end.character },
  };
  return {
    uri: document.uri.toString(),
    languageId: document.languageId,
    range,
    text: document.getText(new vscode.Range(start, end)),
    label: rangeLabel(basename(document.uri.path), range),
  };
}

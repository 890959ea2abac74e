/** VS Code's help with writing prompt files: problems, completions, hovers and quick fixes. */
import * as vscode from "vscode";
import { DisposableList, type Disposable } from "../../../base/disposables";
import { LanguageIds } from "../../contributions";
import { parseBody } from "../body";
import { splitFile } from "../frontMatter";
import { keyDescription } from "../keys";
import { faultText, type Fault, type Problem, type Span } from "../problem";
import { parsePromptFile } from "../promptFile";
import { variableDescription } from "../variables";
import { completionsAt, type Offered } from "./completionsAt";

const SOURCE = "Llama 2";

/** Everything ends when the list is disposed. */
export function promptFileSupport(): Disposable {
  const list = new DisposableList();
  const diagnostics = list.add(vscode.languages.createDiagnosticCollection("llama2-prompt-files"));
  const check = (document: vscode.TextDocument): void => {
    if (isPromptFile(document)) {
      diagnostics.set(
        document.uri,
        parsePromptFile(document.getText()).problems.map((problem) => shown(document, problem)),
      );
    }
  };
  const selector = { language: LanguageIds.promptFile };
  vscode.workspace.textDocuments.forEach(check);
  list.add(vscode.workspace.onDidOpenTextDocument(check));
  list.add(
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      check(document);
    }),
  );
  list.add(
    vscode.workspace.onDidCloseTextDocument((document) => {
      diagnostics.delete(document.uri); // also where only its language has changed
    }),
  );
  list.add(vscode.languages.registerCompletionItemProvider(selector, { provideCompletionItems }, "{", " "));
  list.add(vscode.languages.registerHoverProvider(selector, { provideHover }));
  list.add(
    vscode.languages.registerCodeActionsProvider(
      selector,
      { provideCodeActions },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );
  return list;
}

function isPromptFile(document: vscode.TextDocument): boolean {
  return document.languageId === LanguageIds.promptFile;
}

function rangeOf(document: vscode.TextDocument, { start, end }: Span): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

function shown(document: vscode.TextDocument, problem: Problem): vscode.Diagnostic {
  const severity = problem.severity === "error" ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning;
  const diagnostic = new vscode.Diagnostic(
    rangeOf(document, problem),
    faultText(problem.fault, vscode.l10n.t),
    severity,
  );
  diagnostic.source = SOURCE;
  diagnostic.code = problem.fault.kind;
  return diagnostic;
}

function provideCompletionItems(document: vscode.TextDocument, position: vscode.Position): vscode.CompletionItem[] {
  const { replaces, items } = completionsAt(document.getText(), document.offsetAt(position));
  return items.map(({ offered, insert }) => {
    const item = new vscode.CompletionItem(offered.name, kindOf(offered));
    item.insertText = insert;
    item.range = rangeOf(document, replaces);
    item.documentation = descriptionOf(offered);
    if (offered.kind === "key" && offered.name !== "name") {
      item.command = { command: "editor.action.triggerSuggest", title: "" };
    }
    return item;
  });
}

function kindOf({ kind }: Offered): vscode.CompletionItemKind {
  switch (kind) {
    case "variable":
      return vscode.CompletionItemKind.Variable;
    case "key":
      return vscode.CompletionItemKind.Property;
    case "value":
      return vscode.CompletionItemKind.Value;
  }
}

function descriptionOf(offered: Offered): string {
  switch (offered.kind) {
    case "variable":
      return variableDescription(offered.name, vscode.l10n.t);
    case "key":
      return keyDescription(offered.name, vscode.l10n.t);
    case "value":
      return "";
  }
}

function provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
  const text = document.getText();
  const offset = document.offsetAt(position);
  const parts = splitFile(text);
  if ("fault" in parts || offset < parts.body.start) {
    return undefined;
  }
  for (const part of parseBody(text.slice(parts.body.start), parts.body.start).parts) {
    if (part.kind === "variable" && part.span.start <= offset && offset < part.span.end) {
      return new vscode.Hover(variableDescription(part.name, vscode.l10n.t), rangeOf(document, part.span));
    }
  }
  return undefined;
}

function provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
  return parsePromptFile(document.getText()).problems.flatMap((problem) => {
    const place = rangeOf(document, problem);
    const replacement = replacementFor(problem.fault);
    return replacement === undefined || place.intersection(range) === undefined
      ? []
      : [quickFix(document, problem, replacement)];
  });
}

function replacementFor(fault: Fault): string | undefined {
  switch (fault.kind) {
    case "unknownVariable":
      return fault.nearest === undefined ? undefined : `{{${fault.nearest}}}`;
    case "unknownKey":
      return fault.nearest;
    default:
      return undefined;
  }
}

function quickFix(document: vscode.TextDocument, problem: Problem, replacement: string): vscode.CodeAction {
  const title = vscode.l10n.t("Change to {0}", replacement);
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  action.edit.replace(document.uri, rangeOf(document, problem), replacement);
  action.diagnostics = [shown(document, problem)];
  action.isPreferred = true;
  return action;
}

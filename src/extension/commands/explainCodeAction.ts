/** "Explain" in the light bulb menu, for a selection, or wherever the menu is opened by hand. */
import * as vscode from "vscode";
import { CommandIds } from "../contributions";
import type { GivenProblem } from "./explain";

/** A kind of its own: explaining changes no code, and stays out of what runs on save or by "Fix All". */
const EXPLAIN_KIND = vscode.CodeActionKind.Empty.append("llama2").append("explain");

export function registerExplainCodeAction(isEligible: (uri: vscode.Uri) => boolean): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions(document, range, context) {
      const problems = isEligible(document.uri)
        ? context.diagnostics.map((one) => problemAction(document.uri, one))
        : [];
      const byHand = context.triggerKind === vscode.CodeActionTriggerKind.Invoke;
      if ((range.isEmpty && !byHand) || !isEligible(document.uri)) {
        return problems;
      }
      const title = range.isEmpty
        ? vscode.l10n.t("Explain with Llama 2")
        : vscode.l10n.t("Explain selection with Llama 2");
      const action = new vscode.CodeAction(title, EXPLAIN_KIND);
      action.command = { command: CommandIds.explainSelection, title };
      return [...problems, action];
    },
  };
  return vscode.languages.registerCodeActionsProvider({ language: "*" }, provider, {
    providedCodeActionKinds: [EXPLAIN_KIND, vscode.CodeActionKind.QuickFix],
  });
}

/** Among the quick fixes of a problem, though it changes nothing: it is there that people look. */
function problemAction(uri: vscode.Uri, problem: vscode.Diagnostic): vscode.CodeAction {
  const title = vscode.l10n.t("Explain this problem with Llama 2");
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  const given: GivenProblem = { uri, problem };
  action.command = { command: CommandIds.explainProblem, title, arguments: [given] };
  action.diagnostics = [problem];
  return action;
}

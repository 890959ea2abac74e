/** Problems as context: what is reported for the active document, or for the whole workspace. */
import { basename } from "node:path/posix";
import * as vscode from "vscode";
import type { Suggestion } from "../../../protocol/chatView";
import type { CodeAttachment } from "../attachment";
import { itemId, type ContextItem } from "./contextItem";
import { nothing, read, type ContextSource, type Reading } from "./contextParts";
import { isAttachable, keptBack } from "./documents";
import type { MayAttach } from "./exclusions";
import { namedEntries, type NamedEntry } from "./namedEntries";
import { countOf, problemsText, type FileProblems, type PlainProblem } from "./problemsText";

type ProblemsItem = Extract<ContextItem, { kind: "problems" }>;

export class ProblemsSource implements ContextSource<"problems"> {
  constructor(private readonly exclusions: () => Promise<MayAttach>) {}

  find(query: string): Promise<readonly Suggestion[]> {
    const active = vscode.window.activeTextEditor?.document.uri;
    const all = vscode.languages.getDiagnostics().filter(([, found]) => found.length > 0);
    const here = active === undefined ? [] : vscode.languages.getDiagnostics(active);
    const total = all.reduce((sum, [, found]) => sum + found.length, 0);
    return Promise.resolve(
      namedEntries(query, [
        ...(active === undefined || !isAttachable(active)
          ? []
          : [entry({ kind: "problems", uri: active.toString() }, vscode.l10n.t("Problems in This File"), here.length)]),
        entry({ kind: "problems" }, vscode.l10n.t("Problems in the Workspace"), total),
      ]),
    );
  }

  /** Read again when the question is sent: until then they may be solved, and others come. */
  async read({ uri }: ProblemsItem): Promise<Reading> {
    const mayAttach = await this.exclusions();
    return uri === undefined ? readWorkspace(mayAttach) : readFile(vscode.Uri.parse(uri), mayAttach);
  }
}

function readFile(uri: vscode.Uri, mayAttach: MayAttach): Reading {
  const name = basename(uri.path);
  if (!mayAttach(uri)) {
    return nothing(keptBack(name));
  }
  const files = [fileProblems(uri, vscode.languages.getDiagnostics(uri))];
  return countOf(files) === 0
    ? nothing(vscode.l10n.t("No problems are reported in {0}.", name))
    : problems(files, {
        uri: uri.toString(),
        title: `Problems reported in ${name}`,
        label: vscode.l10n.t("Problems in {0} ({1})", name, countOf(files)),
        source: itemId({ kind: "problems", uri: uri.toString() }),
      });
}

function readWorkspace(mayAttach: MayAttach): Reading {
  const found = vscode.languages.getDiagnostics().filter(([uri]) => mayAttach(uri));
  const files = found.map(([uri, diagnostics]) => fileProblems(uri, diagnostics));
  return countOf(files) === 0
    ? nothing(vscode.l10n.t("No problems are reported in the workspace."))
    : problems(files, {
        uri: vscode.workspace.workspaceFolders?.[0]?.uri.toString() ?? "problems:workspace",
        title: "Problems reported in the workspace",
        label: vscode.l10n.t("Problems ({0})", countOf(files)),
        source: itemId({ kind: "problems" }),
      });
}

function problems(
  files: readonly FileProblems[],
  shown: Pick<CodeAttachment, "uri" | "title" | "label" | "source">,
): Reading {
  return read({ ...shown, languageId: "", text: problemsText(files), icon: "warning" });
}

function entry(item: ProblemsItem, label: string, count: number): NamedEntry {
  const detail = count === 0 ? vscode.l10n.t("none") : String(count);
  const group = vscode.l10n.t("Collected");
  return { keyword: "problems", suggestion: { id: itemId(item), label, detail, icon: "warning", group } };
}

function fileProblems(uri: vscode.Uri, diagnostics: readonly vscode.Diagnostic[]): FileProblems {
  const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
  return {
    path: vscode.workspace.asRelativePath(uri),
    problems: diagnostics.map((diagnostic) => plain(diagnostic, document)),
  };
}

function plain(
  { severity, range, message, source, code }: vscode.Diagnostic,
  document?: vscode.TextDocument,
): PlainProblem {
  const { line } = range.start;
  const rule = typeof code === "object" ? code.value : code;
  return {
    severity,
    line,
    message,
    source: [source, rule].filter((part) => part !== undefined && part !== "").join(" "),
    ...(document !== undefined && line < document.lineCount ? { code: document.lineAt(line).text } : {}),
  };
}

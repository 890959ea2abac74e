/**
 * "Apply" of a block of code in an answer: finds the file and the place in it, and shows the new text beside the old one in
 * VS Code's diff editor. The file changes when the user accepts there, not before.
 */
import { basename } from "node:path";
import * as vscode from "vscode";
import { applyBlock, type Applied } from "../../apply/applyBlock";
import { isWritable } from "./writable";
import type { Proposals } from "./proposals";

export interface CodeToApply {
  readonly code: string;
  /** Files that went with the questions so far, the newest first, with the line that was asked about. */
  readonly files: readonly { readonly uri: string; readonly line?: number }[];
}

export interface ApplyCodeParts {
  readonly proposals: Proposals;
  /** What the user may choose where no place is found. */
  readonly insertAtCursor: (code: string) => Promise<void>;
  readonly newFile: (code: string) => Promise<void>;
}

/** What is no file that a person edits. */
const UNFIT_SCHEMES: ReadonlySet<string> = new Set(["output", "git", "gitlens", "vscode-terminal", "debug"]);

interface Target {
  readonly document: vscode.TextDocument;
  readonly near: number | undefined;
}

export async function applyCode(request: CodeToApply, parts: ApplyCodeParts): Promise<void> {
  const targets = await targetsOf(request);
  const results = targets.map((target) => ({
    target,
    applied: applyBlock({
      old: target.document.getText(),
      block: request.code,
      ...(target.near === undefined ? {} : { near: target.near }),
    }),
  }));
  for (const { target, applied } of results) {
    if (applied.kind === "applied") {
      return propose(target, { block: request.code, text: applied.text }, parts);
    }
  }
  const same = results.find(({ applied }) => applied.kind === "unchanged");
  if (same !== undefined) {
    const name = basename(same.target.document.uri.path);
    void vscode.window.showInformationMessage(vscode.l10n.t("{0} has this code already.", name));
    return;
  }
  return offerOtherWays(
    request.code,
    results.map(({ target, applied }) => ({ name: basename(target.document.uri.path), applied })),
    parts,
  );
}

/** The attached files, then the open one. */
async function targetsOf({ files }: CodeToApply): Promise<Target[]> {
  const targets = new Map<string, Target>();
  for (const { uri, line } of files) {
    const document = targets.has(uri) ? undefined : await openDocument(uri);
    if (document !== undefined) {
      targets.set(document.uri.toString(), { document, near: line });
    }
  }
  const open = (vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0])?.document;
  if (open !== undefined && isFit(open.uri) && !targets.has(open.uri.toString())) {
    targets.set(open.uri.toString(), { document: open, near: undefined });
  }
  return [...targets.values()];
}

async function openDocument(uri: string): Promise<vscode.TextDocument | undefined> {
  const parsed = vscode.Uri.parse(uri);
  if (!isFit(parsed)) {
    return undefined;
  }
  try {
    return await vscode.workspace.openTextDocument(parsed);
  } catch {
    return undefined; // the file is gone, or was none (the problems, a terminal): another one is looked at
  }
}

function isFit({ scheme }: vscode.Uri): boolean {
  return !UNFIT_SCHEMES.has(scheme) && !scheme.startsWith("llama2-");
}

async function propose(
  { document, near }: Target,
  { block, text }: { readonly block: string; readonly text: string },
  { proposals }: ApplyCodeParts,
): Promise<void> {
  const name = basename(document.uri.path);
  if (!(await isWritable(document.uri))) {
    void vscode.window.showWarningMessage(vscode.l10n.t("{0} cannot be changed: it is read-only.", name));
    return;
  }
  const proposal = proposals.add({ target: document.uri, block, near, base: document.getText(), content: text });
  const shown = await vscode.workspace.openTextDocument(proposal.uri);
  await vscode.languages.setTextDocumentLanguage(shown, document.languageId); // a name alone does not always tell it
  await vscode.commands.executeCommand(
    "vscode.diff",
    document.uri,
    proposal.uri,
    vscode.l10n.t("{0} (Proposed by Llama 2)", name),
    { preview: true },
  );
  await vscode.commands.executeCommand("workbench.action.compareEditor.nextChange");
}

interface Refused {
  readonly name: string;
  readonly applied: Applied;
}

async function offerOtherWays(code: string, refused: readonly Refused[], parts: ApplyCodeParts): Promise<void> {
  const insert = vscode.l10n.t("Insert at Cursor");
  const create = vscode.l10n.t("New File");
  const choice = await vscode.window.showInformationMessage(reasonText(refused), insert, create);
  if (choice === insert) {
    await parts.insertAtCursor(code);
  } else if (choice === create) {
    await parts.newFile(code);
  }
}

function reasonText(refused: readonly Refused[]): string {
  const [first] = refused;
  if (first === undefined) {
    return vscode.l10n.t("Open the file that the code is for, then apply it again.");
  }
  const ambiguous = refused.find(({ applied }) => applied.kind === "noPlace" && applied.reason === "ambiguous");
  return ambiguous === undefined
    ? vscode.l10n.t("It is not clear where this code belongs in {0}.", refused.map(({ name }) => name).join(", "))
    : vscode.l10n.t("This code fits several places of {0}.", ambiguous.name);
}

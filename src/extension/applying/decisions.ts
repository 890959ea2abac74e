/** Accepting and rejecting what is proposed for a file: the whole, or the change at the cursor. */
import { basename } from "node:path";
import * as vscode from "vscode";
import { applyBlock } from "../../apply/applyBlock";
import { applyEdit, editsBetween, type Edit } from "../../apply/rebase";
import { proposalOfTab, type Proposal, type Proposals } from "./proposals";

export class Decisions {
  constructor(private readonly proposals: Proposals) {}

  /** Writes the proposed text into the file, as one step to undo. The file is not saved. */
  async acceptAll(uri?: vscode.Uri): Promise<void> {
    const proposal = this.find(uri);
    const document = proposal === undefined ? undefined : await this.targetOf(proposal);
    if (proposal === undefined || document === undefined) {
      return;
    }
    const edits = editsBetween(document.getText(), this.proposals.textOf(proposal));
    if (await this.write(proposal, document, edits)) {
      await this.proposals.close(proposal);
      await show(document, edits[0]);
    }
  }

  async rejectAll(uri?: vscode.Uri): Promise<void> {
    const proposal = this.find(uri);
    if (proposal !== undefined) {
      await this.proposals.close(proposal);
    }
  }

  /** Writes the change at the cursor into the file; the last one closes the editor. */
  async acceptChange(uri?: vscode.Uri): Promise<void> {
    const proposal = this.find(uri);
    const document = proposal === undefined ? undefined : await this.targetOf(proposal);
    if (proposal === undefined || document === undefined) {
      return;
    }
    const edit = this.changeAtCursor(proposal, document.getText());
    if (edit !== undefined && (await this.write(proposal, document, [edit]))) {
      await this.next(proposal, document.getText());
    }
  }

  /** Gives the file's lines back to the change at the cursor. */
  async rejectChange(uri?: vscode.Uri): Promise<void> {
    const proposal = this.find(uri);
    const document = proposal === undefined ? undefined : await this.targetOf(proposal);
    if (proposal === undefined || document === undefined) {
      return;
    }
    const edit = this.changeAtCursor(proposal, document.getText());
    if (edit !== undefined) {
      const kept = editsBetween(document.getText(), this.proposals.textOf(proposal)).filter(
        ({ start, end }) => start !== edit.start || end !== edit.end,
      );
      await this.proposals.set(proposal, kept.reduceRight(applyEdit, document.getText()));
      await this.next(proposal, document.getText());
    }
  }

  private async next(proposal: Proposal, text: string): Promise<void> {
    if (this.proposals.textOf(proposal) === text) {
      await this.proposals.close(proposal);
    } else {
      await vscode.commands.executeCommand("workbench.action.compareEditor.nextChange");
    }
  }

  /** The editor's title hands over the document; without one it is the active tab's. */
  private find(uri: vscode.Uri | undefined): Proposal | undefined {
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    const active = tab === undefined ? undefined : proposalOfTab(tab);
    const found = uri === undefined ? undefined : this.proposals.get(uri);
    return found ?? (active === undefined ? undefined : this.proposals.get(vscode.Uri.parse(active)));
  }

  /** The file, where the proposal still stands for what is in it. */
  private async targetOf(proposal: Proposal): Promise<vscode.TextDocument | undefined> {
    const document = await vscode.workspace.openTextDocument(proposal.target);
    if (!proposal.isStale && document.getText() === proposal.base) {
      return document;
    }
    const again = vscode.l10n.t("Apply Again");
    const choice = await vscode.window.showWarningMessage(
      vscode.l10n.t("{0} was changed where the proposal changes it.", basename(document.uri.path)),
      again,
    );
    if (choice === again) {
      await this.applyAgain(proposal, document);
    }
    return undefined;
  }

  private async applyAgain(proposal: Proposal, document: vscode.TextDocument): Promise<void> {
    const { block, near } = proposal;
    const base = document.getText();
    const applied = applyBlock({ old: base, block, ...(near === undefined ? {} : { near }) });
    if (applied.kind !== "applied") {
      void vscode.window.showInformationMessage(
        vscode.l10n.t("It is not clear where this code belongs in {0}.", basename(document.uri.path)),
      );
      return;
    }
    proposal.base = base;
    proposal.isStale = false;
    await this.proposals.set(proposal, applied.text);
  }

  private changeAtCursor(proposal: Proposal, text: string): Edit | undefined {
    const edits = editsBetween(text, this.proposals.textOf(proposal));
    const editor = vscode.window.visibleTextEditors.find(
      ({ document }) => document.uri.toString() === proposal.uri.toString(),
    );
    const line = editor?.selection.active.line ?? 0;
    const distance = ({ lines: { start, end } }: Edit): number =>
      line < start ? start - line : Math.max(0, line - Math.max(start, end - 1));
    return edits.toSorted((a, b) => distance(a) - distance(b))[0];
  }

  private async write(proposal: Proposal, document: vscode.TextDocument, edits: readonly Edit[]): Promise<boolean> {
    const workspaceEdit = new vscode.WorkspaceEdit();
    for (const { start, end, text } of edits) {
      workspaceEdit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), text);
    }
    proposal.isBeingWritten = true;
    const written = await vscode.workspace.applyEdit(workspaceEdit);
    proposal.isBeingWritten = false;
    proposal.base = document.getText();
    if (!written) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t("{0} could not be changed. It may be read-only.", basename(document.uri.path)),
      );
    }
    return written;
  }
}

async function show(document: vscode.TextDocument, edit: Edit | undefined): Promise<void> {
  const position = document.positionAt(edit?.start ?? 0);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(position, position), preview: false });
}

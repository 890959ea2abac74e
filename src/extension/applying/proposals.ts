/**
 * New texts of files that wait for a decision, as documents of a file system in memory: the right side of a diff editor, which
 * people may change before they accept it. Nothing here writes into a real file.
 */
import * as vscode from "vscode";
import { rebase } from "../../apply/rebase";
import { DisposableList, type Disposable } from "../../base/disposables";
import { PROPOSAL_SCHEME } from "../contributions";

export interface Proposal {
  /** The document with the proposed text. */
  readonly uri: vscode.Uri;
  /** The file it is for. */
  readonly target: vscode.Uri;
  /** The model's code, to apply it once more. */
  readonly block: string;
  readonly near: number | undefined;
  /** The file's text that the proposal is for. */
  base: string;
  content: string;
  /** The file was changed where the proposal changes it. */
  isStale: boolean;
  /** What changes in the file is what was accepted. */
  isBeingWritten: boolean;
}

export class Proposals implements vscode.FileSystemProvider, Disposable {
  private readonly all = new Map<string, Proposal>();
  private readonly disposables = new DisposableList();
  private readonly changed = this.disposables.add(new vscode.EventEmitter<vscode.FileChangeEvent[]>());
  readonly onDidChangeFile = this.changed.event;
  private lastId = 0;

  constructor(logError: (error: unknown) => void) {
    this.disposables.add(vscode.workspace.registerFileSystemProvider(PROPOSAL_SCHEME, this, { isCaseSensitive: true }));
    this.disposables.add(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) {
          this.follow(document).catch(logError);
        }
      }),
    );
    this.disposables.add(
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        closed.forEach((tab) => {
          this.forgetTab(tab);
        });
      }),
    );
  }

  add(proposal: Pick<Proposal, "target" | "block" | "near" | "base" | "content">): Proposal {
    this.lastId++;
    const uri = vscode.Uri.from({
      scheme: PROPOSAL_SCHEME,
      path: proposal.target.path.startsWith("/") ? proposal.target.path : `/${proposal.target.path}`,
      query: String(this.lastId),
    });
    const added: Proposal = { ...proposal, uri, isStale: false, isBeingWritten: false };
    this.all.set(uri.toString(), added);
    return added;
  }

  get(uri: vscode.Uri): Proposal | undefined {
    return this.all.get(uri.toString());
  }

  /** The proposed text as it is in the editor. */
  textOf(proposal: Proposal): string {
    return documentOf(proposal.uri)?.getText() ?? proposal.content;
  }

  /** Changes the proposed text, in its editor too. */
  async set(proposal: Proposal, text: string): Promise<void> {
    proposal.content = text;
    const document = documentOf(proposal.uri);
    if (document !== undefined && document.getText() !== text) {
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
      await vscode.workspace.applyEdit(edit);
      await document.save();
    }
    this.changed.fire([{ type: vscode.FileChangeType.Changed, uri: proposal.uri }]);
  }

  /** Closes its editors without a question, and forgets it. */
  async close(proposal: Proposal): Promise<void> {
    await documentOf(proposal.uri)?.save(); // into memory: a changed document would ask
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    await vscode.window.tabGroups.close(tabs.filter((tab) => proposalOfTab(tab) === proposal.uri.toString()));
    this.all.delete(proposal.uri.toString());
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    return { type: vscode.FileType.File, ctime: 0, mtime: Date.now(), size: this.known(uri).content.length };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    return new TextEncoder().encode(this.known(uri).content);
  }

  writeFile(uri: vscode.Uri, content: Uint8Array): void {
    this.known(uri).content = new TextDecoder().decode(content);
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private known(uri: vscode.Uri): Proposal {
    const proposal = this.get(uri);
    if (proposal === undefined) {
      throw vscode.FileSystemError.FileNotFound(uri);
    }
    return proposal;
  }

  /** Carries the proposals for a file over to what was typed into it. */
  private async follow(document: vscode.TextDocument): Promise<void> {
    const current = document.getText();
    for (const proposal of this.all.values()) {
      const isOther = proposal.target.toString() !== document.uri.toString();
      if (isOther || proposal.isBeingWritten || proposal.base === current) {
        continue;
      }
      const carried = rebase(proposal.base, this.textOf(proposal), current);
      proposal.isStale = carried === undefined;
      if (carried !== undefined) {
        proposal.base = current;
        await this.set(proposal, carried);
      }
    }
  }

  private forgetTab(tab: vscode.Tab): void {
    const uri = proposalOfTab(tab);
    const open = vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(proposalOfTab));
    if (uri !== undefined && !open.includes(uri)) {
      this.all.delete(uri);
    }
  }
}

/** The document of a proposal that a tab shows, as text. */
export function proposalOfTab({ input }: vscode.Tab): string | undefined {
  if (!(input instanceof vscode.TabInputTextDiff) || input.modified.scheme !== PROPOSAL_SCHEME) {
    return undefined;
  }
  return input.modified.toString();
}

function documentOf(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
}

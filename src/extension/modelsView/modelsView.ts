/** The models view in VS Code: rows of modelsTree.ts as tree items. Its elements are the ids of the rows. */
import * as vscode from "vscode";
import { DisposableList, type Disposable } from "../../base/disposables";
import { ViewIds } from "../contributions";
import type { ModelsFeed } from "./modelsFeed";
import { contextValue, spokenLabel, type ModelNode } from "./modelNode";
import { changedNodes, modelsTree, nodesById } from "./modelsTree";

export class ModelsView implements vscode.TreeDataProvider<string>, Disposable {
  private readonly disposables = new DisposableList();
  private readonly changed = this.disposables.add(new vscode.EventEmitter<string[] | undefined>());
  private readonly view: vscode.TreeView<string>;
  private tree: readonly ModelNode[] = [];
  private byId: ReadonlyMap<string, ModelNode> = new Map();
  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly feed: ModelsFeed) {
    this.view = this.disposables.add(vscode.window.createTreeView(ViewIds.models, { treeDataProvider: this }));
    this.disposables.add(
      this.view.onDidChangeVisibility(({ visible }) => {
        feed.watched = visible;
      }),
    );
    this.disposables.add(
      feed.onDidChange(() => {
        this.update();
      }),
    );
    feed.watched = this.view.visible;
  }

  /** The row that has the keyboard's focus or was selected last. */
  get selected(): ModelNode | undefined {
    return this.node(this.view.selection.at(0));
  }

  /** What the ids of VS Code's commands stand for; `undefined` where the row has gone meanwhile. */
  node(id: unknown): ModelNode | undefined {
    return typeof id === "string" ? this.byId.get(id) : undefined;
  }

  /** The rows of all groups as they are now, whether or not the view is open. */
  async nodes(): Promise<readonly ModelNode[]> {
    await this.feed.refresh();
    return this.tree.flatMap(({ children }) => children ?? []);
  }

  /** Shows a row, and selects it; the view alone where there is no such row. */
  async reveal(id?: string): Promise<void> {
    await vscode.commands.executeCommand(`${ViewIds.models}.focus`);
    await this.getChildren();
    if (id !== undefined && this.byId.has(id)) {
      await this.view.reveal(id, { focus: true, select: true });
    }
  }

  async getChildren(id?: string): Promise<string[]> {
    if (id === undefined) {
      await this.feed.whenKnown();
      return this.tree.map((node) => node.id);
    }
    const { subject } = this.byId.get(id) ?? {};
    if (subject?.kind === "custom" && subject.custom.kind === "remote") {
      await this.feed.askHeader(subject.custom.entry, subject.custom.source);
    }
    return (this.byId.get(id)?.children ?? []).map((node) => node.id);
  }

  getTreeItem(id: string): vscode.TreeItem {
    const node = this.byId.get(id);
    return node === undefined ? new vscode.TreeItem("") : treeItem(node);
  }

  getParent(id: string): string | undefined {
    return [...this.byId.values()].find(({ children }) => children?.some((child) => child.id === id))?.id;
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private update(): void {
    const { facts } = this.feed;
    const before = this.tree;
    this.tree = facts === undefined ? [] : modelsTree(facts);
    this.byId = nodesById(this.tree);
    const running = facts?.running.length ?? 0;
    this.view.badge = running === 0 ? undefined : { value: running, tooltip: vscode.l10n.t("Downloads: {0}", running) };
    const changed = changedNodes(before, this.tree);
    if (changed === undefined || changed.length > 0) {
      this.changed.fire(changed && [...changed]);
    }
  }
}

function treeItem(node: ModelNode): vscode.TreeItem {
  const { id, label, description, tooltip, icon, children, flags, expanded } = node;
  const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const isParent = (children ?? []).length > 0 || flags?.includes("lazy") === true;
  const item = new vscode.TreeItem(label, !isParent ? None : expanded === true ? Expanded : Collapsed);
  item.id = id;
  item.contextValue = contextValue(node);
  item.accessibilityInformation = { label: spokenLabel(node) };
  if (description !== undefined) {
    item.description = description;
  }
  if (tooltip !== undefined) {
    item.tooltip = new vscode.MarkdownString(tooltip, true);
  }
  if (icon !== undefined) {
    item.iconPath =
      icon.color === undefined
        ? new vscode.ThemeIcon(icon.id)
        : new vscode.ThemeIcon(icon.id, new vscode.ThemeColor(icon.color));
  }
  return item;
}

/** Which row a command is about: the one it was called on, or one that the user picks. */
import * as vscode from "vscode";
import type { ModelAction, ModelNode } from "./modelNode";

export interface NodeSource {
  node(id: unknown): ModelNode | undefined;
  nodes(): Promise<readonly ModelNode[]>;
}

interface NodeItem extends vscode.QuickPickItem {
  readonly node: ModelNode;
}

/** `undefined` where the user chose none, or there is none. */
export async function chooseNode(
  view: NodeSource,
  action: ModelAction,
  [argument]: readonly unknown[],
): Promise<ModelNode | undefined> {
  if (argument === undefined) {
    return pick(view, action);
  }
  const given = view.node(argument);
  return given?.actions.includes(action) === true ? given : undefined;
}

async function pick(view: NodeSource, action: ModelAction): Promise<ModelNode | undefined> {
  const items = (await view.nodes()).filter(({ actions }) => actions.includes(action)).map(itemOf);
  if (items.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("There is no model for which this can be done. The models view shows what there is."),
    );
    return undefined;
  }
  const placeHolder = vscode.l10n.t("Choose a model");
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.node;
}

function itemOf(node: ModelNode): NodeItem {
  const { label, description } = node;
  return { label, node, ...(description === undefined ? {} : { description }) };
}

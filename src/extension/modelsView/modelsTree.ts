/** The rows of the models view as a function of what is known, and which of them a change concerns. Pure. */
import { catalogueNodes } from "./catalogueNodes";
import { customNodes } from "./customNodes";
import { downloadNodes } from "./downloadNodes";
import type { ModelsFacts } from "./facts";
import { machineText } from "./fitText";
import { escapeMarkdown } from "./markdown";
import { installedNode } from "./installedNodes";
import type { ModelNode } from "./modelNode";

/** Groups without rows are left out, but for that of this machine, which says what to do then. */
export function modelsTree(facts: ModelsFacts): readonly ModelNode[] {
  const { translate, offers } = facts;
  const installed = facts.installed.map((model) => installedNode(model, facts));
  const downloads = downloadNodes(facts);
  const custom = customNodes(facts);
  const catalogue = catalogueNodes(facts);
  return [
    group("installed", translate("On This Machine"), [...problemNotes(facts), ...installed]),
    ...(downloads.length === 0 ? [] : [group("downloads", translate("Downloading"), downloads)]),
    ...(custom.length === 0 ? [] : [group("custom", translate("Added by You"), custom)]),
    ...(catalogue.length === 0
      ? []
      : [
          {
            ...group("catalogue", translate("Catalogue"), catalogue),
            ...(offers === undefined ? {} : { description: machineText(offers.machine, translate) }),
            expanded: installed.length === 0,
          },
        ]),
  ];
}

function group(name: string, label: string, children: readonly ModelNode[]): ModelNode {
  return { id: `group:${name}`, subject: { kind: "group" }, label, children, expanded: true, actions: [] };
}

/** Stands in the place of models where there are none to see. */
function problemNotes({ installed, listProblem, translate }: ModelsFacts): readonly ModelNode[] {
  const common = { subject: { kind: "note" }, actions: [] } as const;
  if (listProblem !== undefined) {
    return [{ ...common, id: "note:problem", label: listProblem, tooltip: escapeMarkdown(listProblem), icon: WARNING }];
  }
  const nothing = {
    ...common,
    id: "note:nothing",
    label: translate("No model yet"),
    description: translate("download one of the catalogue, or add a file with +"),
    icon: { id: "info" },
  };
  return installed.length === 0 ? [nothing] : [];
}

const WARNING = { id: "warning", color: "list.warningForeground" };

/** Every row by its id. */
export function nodesById(nodes: readonly ModelNode[]): ReadonlyMap<string, ModelNode> {
  const found = new Map<string, ModelNode>();
  const add = (node: ModelNode): void => {
    found.set(node.id, node);
    node.children?.forEach(add);
  };
  nodes.forEach(add);
  return found;
}

/**
 * What has to be drawn again: ids of rows that say something else, or whose children are other ones; `undefined` for the
 * whole tree, where the groups changed.
 */
export function changedNodes(before: readonly ModelNode[], after: readonly ModelNode[]): readonly string[] | undefined {
  if (!hasSameIds(before, after)) {
    return undefined;
  }
  return after.flatMap((node, index) => {
    const old = before[index];
    return old === undefined ? [] : changesOf(old, node);
  });
}

/** Drawing a row again draws what is below it, too. */
function changesOf(old: ModelNode, node: ModelNode): readonly string[] {
  const [children, oldChildren] = [node.children ?? [], old.children ?? []];
  if (rowText(old) !== rowText(node) || !hasSameIds(oldChildren, children)) {
    return [node.id];
  }
  return changedNodes(oldChildren, children) ?? [node.id];
}

/** All that a row says by itself. */
function rowText(node: ModelNode): string {
  return JSON.stringify({ ...node, children: undefined });
}

function hasSameIds(a: readonly ModelNode[], b: readonly ModelNode[]): boolean {
  return a.length === b.length && a.every(({ id }, index) => id === b[index]?.id);
}

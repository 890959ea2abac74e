/** Rows of the models that are on this machine. Pure. */
import type { Translate } from "../../base/localize";
import { engineErrorMessage } from "../../protocol/engineErrors";
import type { InstalledModel } from "../../protocol/localModels";
import { fileSize } from "../modelSummary";
import type { ModelsFacts } from "./facts";
import { fitWords } from "./fitText";
import { installedTooltip } from "./installedTooltip";
import type { ModelAction, ModelNode, NodeIcon } from "./modelNode";
import { modelUse, type InMemory, type ModelUse } from "./modelUse";
import { modelPaths, programName, roleName } from "./words";

export function installedNode(model: InstalledModel, facts: ModelsFacts): ModelNode {
  const { translate } = facts;
  const use = modelUse(modelPaths(model), facts.used, facts.engine);
  const entry = facts.custom.find((one) => one.kind === "file" && modelPaths(model).includes(one.path))?.entry;
  const isDamaged = facts.verified.get(model.path)?.kind === "damaged";
  const { icon, iconMeaning } = state(model, use, isDamaged, translate);
  const { chat = false, infill = false } = model.description?.capabilities ?? {};
  return {
    id: `installed:${model.path}`,
    subject: { kind: "installed", model, use, ...(entry === undefined ? {} : { entry }) },
    label: model.name,
    description: description(model, use, isDamaged, translate),
    tooltip: installedTooltip(model, use, facts),
    icon,
    iconMeaning,
    actions: actionsOf(model, use, entry !== undefined),
    // Inline only what the model was made for; the context menu has both.
    flags: [...(chat ? ["chats"] : []), ...(infill || !chat ? ["completes"] : [])],
  };
}

/** What is in the way of using it goes first, what it is used for next: a narrow side bar cuts the end. */
function description(model: InstalledModel, use: ModelUse, isDamaged: boolean, translate: Translate): string {
  const { problem, fit, origin } = model;
  const trouble =
    problem === undefined ? (isDamaged ? translate("damaged") : "") : problemWords(problem.code, translate);
  const quantization = model.description?.quantization ?? "";
  return [
    trouble,
    ...use.roles.map((role) => roleName(role, translate)),
    memoryWords(use.memory, translate),
    // most file names have it already
    model.name.toLowerCase().includes(quantization.toLowerCase()) ? "" : quantization,
    model.bytes === 0 ? "" : fileSize(model.bytes),
    fit?.kind === "none" ? fitWords("none", translate) : "",
    programName(origin),
  ]
    .filter((text) => text !== "")
    .join(" · ");
}

function problemWords(code: string, translate: Translate): string {
  switch (code) {
    case "truncatedGguf":
      return translate("incomplete");
    case "notGguf":
      return translate("not a model");
    case "modelNotFound":
      return translate("missing");
    default:
      return translate("cannot be used");
  }
}

function memoryWords(memory: InMemory, translate: Translate): string {
  switch (memory.kind) {
    case "no":
      return "";
    case "loading":
      return translate("loading {0} %", Math.round(memory.fraction * 100));
    case "loaded":
      return translate("loaded");
    case "unloaded":
      return translate("not in memory");
    case "failed":
      return translate("failed to load");
  }
}

function state(
  model: InstalledModel,
  use: ModelUse,
  isDamaged: boolean,
  translate: Translate,
): { readonly icon: NodeIcon; readonly iconMeaning: string } {
  if (model.problem !== undefined) {
    const icon = { id: "error", color: "list.errorForeground" };
    return { icon, iconMeaning: engineErrorMessage(model.problem, translate) };
  }
  if (isDamaged) {
    const icon = { id: "error", color: "list.errorForeground" };
    return { icon, iconMeaning: translate("its content is not what it should be") };
  }
  return { icon: useIcon(model, use), iconMeaning: use.roles.length > 0 ? translate("in use") : "" };
}

function useIcon({ description }: InstalledModel, { roles, memory }: ModelUse): NodeIcon {
  switch (memory.kind) {
    case "loading":
      return { id: "loading~spin" };
    case "loaded":
      return { id: "pass-filled", color: "charts.green" };
    case "unloaded":
      return { id: "coffee" };
    case "failed":
      return { id: "warning", color: "list.warningForeground" };
    case "no":
      if (roles.length > 0) {
        return { id: "pass" };
      }
      return { id: description?.capabilities.chat === true ? "comment-discussion" : "code" };
  }
}

function actionsOf(model: InstalledModel, { roles, memory }: ModelUse, isEntry: boolean): readonly ModelAction[] {
  const isOurs = model.origin === "hub" || model.origin === "download";
  const isUsable = model.problem === undefined;
  return [
    ...(isUsable && !roles.includes("chat") ? ["useForChat" as const] : []),
    ...(isUsable && !roles.includes("completion") ? ["useForCompletion" as const] : []),
    ...(memory.kind === "loaded" ? ["unload" as const] : []),
    ...(model.problem?.code === "modelNotFound" ? [] : ["reveal" as const, "copyPath" as const, "verify" as const]),
    ...(isUsable ? ["header" as const] : []),
    ...(isOurs ? ["delete" as const] : []),
    ...(isEntry ? ["removeEntry" as const] : []),
  ];
}

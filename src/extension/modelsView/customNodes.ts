/** Rows of the models that the user has added and that are not here yet. Opening one asks for its header. Pure. */
import { engineErrorMessage } from "../../protocol/engineErrors";
import type { ModelHeader } from "../../protocol/localModels";
import { modelFacts, modelWarnings } from "../modelSummary";
import type { CustomModel } from "./customModels";
import type { ModelsFacts, RemoteHeader } from "./facts";
import { fitIcon, fitSentence, fitWords, speedClass } from "./fitText";
import { escapeMarkdown, markdownCode } from "./markdown";
import type { ModelNode, NodeIcon } from "./modelNode";
import { fileName, isSameSource, modelPaths } from "./words";

export function customNodes(facts: ModelsFacts): readonly ModelNode[] {
  return facts.custom.filter((custom) => !isElsewhere(custom, facts)).map((custom) => customNode(custom, facts));
}

/** Those that are here have their row among the models of this machine, those on their way among the downloads. */
function isElsewhere(custom: CustomModel, { installed, running, unfinished }: ModelsFacts): boolean {
  switch (custom.kind) {
    case "file":
      return installed.some((model) => modelPaths(model).includes(custom.path));
    case "remote":
      return (
        installed.some(({ source, problem }) => !problem && source && isSameSource(source, custom.source)) ||
        [...running, ...unfinished].some(({ source }) => isSameSource(source, custom.source))
      );
    case "wrong":
      return false;
  }
}

function customNode(custom: CustomModel, facts: ModelsFacts): ModelNode {
  const { translate } = facts;
  const common = { id: `custom:${custom.entry}`, subject: { kind: "custom", custom } as const };
  switch (custom.kind) {
    case "remote":
      return { ...common, ...remoteRow(custom, facts) };
    case "file":
      return {
        ...common,
        label: custom.path.split(/[\\/]/).at(-1) ?? custom.path,
        description: translate("missing"),
        tooltip: markdownCode(custom.path),
        icon: { id: "warning", color: "list.warningForeground" },
        actions: ["removeEntry"],
      };
    case "wrong":
      return {
        ...common,
        label: custom.entry,
        description: translate("neither an address nor an absolute path"),
        tooltip: engineErrorMessage({ code: "badModelSpec", spec: custom.entry }, translate),
        icon: { id: "warning", color: "list.warningForeground" },
        actions: ["removeEntry"],
      };
  }
}

type Row = Omit<ModelNode, "id" | "subject">;

function remoteRow({ entry, source }: Extract<CustomModel, { kind: "remote" }>, facts: ModelsFacts): Row {
  const { translate } = facts;
  const remote = facts.headers.get(entry);
  const header = remote?.kind === "known" ? remote.header : undefined;
  const owner = source.kind === "hub" ? source.repo : new URL(source.url).host;
  const fit = header?.fit;
  return {
    label: fileName(source),
    description:
      fit === undefined
        ? owner
        : [fitWords(fit.kind, translate), speedClass(fit, translate), owner].filter((text) => text !== "").join(" · "),
    tooltip: markdownCode(entry),
    icon: fit === undefined ? { id: "cloud" } : fitIcon(fit.kind),
    actions: ["download", "header", "removeEntry"],
    children: remote === undefined ? [] : headerNotes(entry, remote, facts),
    flags: ["lazy"],
  };
}

function headerNotes(entry: string, remote: RemoteHeader, { translate }: ModelsFacts): readonly ModelNode[] {
  switch (remote.kind) {
    case "failed":
      return [note(`${entry}:failed`, remote.reason, { id: "error" })];
    case "known":
      return knownNotes(entry, remote.header, translate);
  }
}

function knownNotes(
  entry: string,
  { description, fit }: ModelHeader,
  translate: ModelsFacts["translate"],
): readonly ModelNode[] {
  const warnings = modelWarnings(description, translate);
  return [
    note(`${entry}:facts`, modelFacts(description, translate), { id: "info" }),
    ...(fit === undefined ? [] : [note(`${entry}:fit`, fitSentence(fit, translate), fitIcon(fit.kind))]),
    ...(warnings === "" ? [] : [note(`${entry}:warnings`, warnings, { id: "warning" })]),
  ];
}

/** The whole text is its tooltip, too: a narrow side bar cuts it. */
function note(id: string, label: string, icon: NodeIcon): ModelNode {
  return {
    id: `note:${id}`,
    subject: { kind: "note" },
    label,
    tooltip: escapeMarkdown(label),
    icon,
    actions: [],
  };
}

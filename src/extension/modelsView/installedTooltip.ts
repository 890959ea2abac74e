/** What the tooltip of a model on this machine says, as Markdown. Pure. */
import { engineErrorMessage } from "../../protocol/engineErrors";
import type { InstalledModel, Verification } from "../../protocol/localModels";
import { formatModelSpec } from "../../protocol/modelSpec";
import type { Translate } from "../../base/localize";
import { chatAbility, completionAbility, modelFacts, modelWarnings } from "../modelSummary";
import type { ModelsFacts } from "./facts";
import { fitSentence } from "./fitText";
import { escapeMarkdown, markdownCode } from "./markdown";
import type { ModelUse } from "./modelUse";
import { folderSentence, modelPaths, roleName } from "./words";

export function installedTooltip(model: InstalledModel, use: ModelUse, facts: ModelsFacts): string {
  const { translate } = facts;
  const { description, problem, fit, source } = model;
  const verification = facts.verified.get(model.path);
  const lines = [
    `**${escapeMarkdown(model.name)}**`,
    problem === undefined ? "" : `$(error) ${escapeMarkdown(engineErrorMessage(problem, translate))}`,
    description === undefined ? "" : escapeMarkdown(modelFacts(description, translate)),
    description === undefined
      ? ""
      : escapeMarkdown(`${chatAbility(description, translate)}; ${completionAbility(description, translate)}`),
    useLine(use, translate),
    fit === undefined ? "" : escapeMarkdown(fitSentence(fit, translate)),
    warningLine(description === undefined ? "" : modelWarnings(description, translate)),
    verification === undefined ? "" : verificationLine(verification, translate),
    escapeMarkdown(folderSentence(model.origin, translate)),
    source === undefined ? "" : markdownCode(formatModelSpec(source)),
    ...modelPaths(model).map((path) => markdownCode(shortPath(path, facts.home))),
  ];
  return lines.filter((line) => line !== "").join("\n\n");
}

/** `~` for the user's folder. */
function shortPath(path: string, home: string): string {
  const rest = home === "" || !path.startsWith(home) ? undefined : path.slice(home.length);
  return rest !== undefined && /^[\\/]/.test(rest) ? `~${rest}` : path;
}

function warningLine(text: string): string {
  return text === "" ? "" : `$(warning) ${escapeMarkdown(text)}`;
}

function useLine({ roles, memory }: ModelUse, translate: Translate): string {
  const names = roles.map((role) => roleName(role, translate)).join(", ");
  const use = names === "" ? "" : translate("Used for {0}.", names);
  switch (memory.kind) {
    case "loaded": {
      const { device, gpuLayers, layers, contextSize } = memory.model;
      const where = gpuLayers === 0 ? device : translate("{0}, {1} of {2} layers", device, gpuLayers, layers);
      return escapeMarkdown(`${use} ${translate("In memory: {0}, context of {1} tokens.", where, contextSize)}`.trim());
    }
    case "unloaded":
      return escapeMarkdown(`${use} ${translate("It is not in memory; the next request loads it again.")}`);
    case "failed":
      return `${escapeMarkdown(use)} $(warning) ${escapeMarkdown(engineErrorMessage(memory.error, translate))}`;
    case "loading":
    case "no":
      return escapeMarkdown(use);
  }
}

function verificationLine(verification: Verification, translate: Translate): string {
  switch (verification.kind) {
    case "intact":
      return `$(verified) ${escapeMarkdown(translate("Verified: its content is what it should be."))}`;
    case "damaged":
      return `$(error) ${escapeMarkdown(translate("Damaged: its content is not what it should be."))}`;
    case "unknown":
      return `SHA\\-256: ${markdownCode(verification.sha256)}`;
  }
}

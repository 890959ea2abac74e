/** The header of a model file as text to read, to copy or to hand to a program. Pure. */
import type { Translate } from "../../base/localize";
import type { ModelHeader } from "../../protocol/localModels";
import { chatAbility, completionAbility, modelFacts, modelWarnings } from "../modelSummary";
import { fitSentence } from "./fitText";
import { escapeMarkdown, markdownCode } from "./markdown";

/** Everything that was read, for programs. */
export function headerJson(header: ModelHeader): string {
  return `${JSON.stringify(header, undefined, 2)}\n`;
}

export function headerMarkdown(header: ModelHeader, translate: Translate): string {
  const { description, fit, tensors, parameters, metadata } = header;
  const facts = [
    modelFacts(description, translate),
    translate("{0} weights in {1} tensors", count(parameters), count(tensors)),
    chatAbility(description, translate),
    completionAbility(description, translate),
    ...(fit === undefined ? [] : [fitSentence(fit, translate)]),
    modelWarnings(description, translate),
  ].filter((text) => text !== "");
  const rows = Object.entries(metadata).map(([key, value]) => `| ${markdownCode(key)} | ${cell(value)} |`);
  return [
    `# ${escapeMarkdown(description.name)}`,
    "",
    ...facts.map((fact) => `- ${escapeMarkdown(fact)}`),
    "",
    `| ${translate("key")} | ${translate("value")} |`,
    "| --- | --- |",
    ...rows,
    "",
  ].join("\n");
}

function cell(value: string | number | boolean): string {
  return typeof value === "string" ? markdownCode(shortened(value).replaceAll("|", "\\|")) : String(value);
}

/** Templates can be pages long; the JSON has all of them. */
function shortened(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}

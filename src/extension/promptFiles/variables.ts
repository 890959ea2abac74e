/** The variables of prompt files: `{{selection}}` and so on. */
import type { Translate } from "../../base/localize";

export const VARIABLE_NAMES = [
  "selection",
  "file",
  "path",
  "language",
  "problems",
  "diff",
  "clipboard",
  "input",
] as const;

export type VariableName = (typeof VARIABLE_NAMES)[number];

/** What each variable of a prompt stands for. "" where there is nothing. */
export type VariableValues = Readonly<Partial<Record<VariableName, string>>>;

export function isVariableName(name: string): name is VariableName {
  return VARIABLE_NAMES.some((known) => known === name);
}

/** What a variable stands for, in one sentence. */
export function variableDescription(name: VariableName, translate: Translate): string {
  switch (name) {
    case "selection":
      return translate(
        "The selected code; with `needsSelection`, where nothing is selected, the function around the cursor.",
      );
    case "file":
      return translate("The text of the file in the active editor.");
    case "path":
      return translate("The path of that file, relative to its workspace folder.");
    case "language":
      return translate("The language of that file, for example `python`.");
    case "problems":
      return translate("The errors and warnings on the selected lines; of the whole file where nothing is selected.");
    case "diff":
      return translate("The staged changes of the Git repository, or all its changes where none are staged.");
    case "clipboard":
      return translate("The text on the clipboard.");
    case "input":
      return translate("What is written after the command, for example `be brief` in `/explain be brief`.");
  }
}

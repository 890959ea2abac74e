/** What is said to somebody who asked for a suggestion and gets none. Pure. */
import type { Translate } from "../../base/localize";
import type { Refusal } from "./policy";

/** Why there is none: it was not asked for, or ("nothing") the model had none that is worth showing. */
export function refusalText(
  reason: Refusal | "nothing",
  { languageId }: { readonly languageId: string },
  translate: Translate,
): string {
  return translate("Llama 2: no suggestion. {0}", reasonText(reason, languageId, translate));
}

function reasonText(reason: Refusal | "nothing", languageId: string, translate: Translate): string {
  switch (reason) {
    case "off":
      return translate("Completions are off.");
    case "languageOff":
      return translate("Completions are off for {0}.", languageId);
    case "engineNotReady":
      return translate("No model for completion is ready.");
    case "readOnly":
      return translate("This file is read-only.");
    case "notCode":
      return translate("The model does not see documents of this kind.");
    case "tooLong":
      return translate("This file is too long.");
    case "manyCursors":
      return translate("There are several cursors.");
    case "otherItem":
      return translate("The selected item is not what was typed.");
    case "insideWord":
      return translate("The cursor is inside a word.");
    case "excluded":
      return translate("This file is excluded by llama2.exclude or .llama2ignore.");
    case "nothing":
      return translate("The model has nothing to add here.");
  }
}

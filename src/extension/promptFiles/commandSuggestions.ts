/** The entries of the list behind "/": commands whose names fit what was typed. Pure. */
import type { Translate } from "../../base/localize";
import type { Suggestion } from "../../protocol/suggestions";
import type { LoadedPrompt, PromptSource } from "./promptSet";

const ICONS: Readonly<Record<PromptSource, string>> = { workspace: "root-folder", user: "account", builtIn: "sparkle" };

/** Names that begin with it first, then those that contain it; with nothing typed, all of them. */
export function commandSuggestions(
  query: string,
  prompts: readonly LoadedPrompt[],
  translate: Translate,
): readonly Suggestion[] {
  const wanted = query.toLowerCase();
  return prompts
    .map((prompt) => ({ prompt, at: prompt.name.toLowerCase().indexOf(wanted) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => Math.min(a.at, 1) - Math.min(b.at, 1))
    .map(({ prompt, at }) => ({
      id: prompt.name,
      label: `/${prompt.name}`,
      matches: Array.from({ length: wanted.length }, (_, index) => 1 + at + index),
      detail: promptDescription(prompt, translate),
      icon: ICONS[prompt.source],
      insert: `/${prompt.name} `,
    }));
}

/** What a prompt is for; of the built-in ones in the user's language. */
export function promptDescription(
  { name, description, source }: Pick<LoadedPrompt, "name" | "description" | "source">,
  translate: Translate,
): string {
  return source === "builtIn" ? (builtInDescription(name, translate) ?? description) : description;
}

/** The same texts as in the files; a test compares them. */
function builtInDescription(name: string, translate: Translate): string | undefined {
  switch (name) {
    case "explain":
      return translate("Explain the selected code");
    case "fix":
      return translate("Find and fix the mistakes in the selected code");
    case "tests":
      return translate("Write unit tests for the selected code");
    case "docs":
      return translate("Write documentation comments for the selected code");
    case "refactor":
      return translate("Make the selected code easier to read");
    case "commit":
      return translate("Write a commit message for the staged changes");
    default:
      return undefined;
  }
}

/** The commands of the message box: what the list behind "/" offers, and what a message that begins with one asks. */
import * as vscode from "vscode";
import type { Suggestion } from "../../protocol/suggestions";
import type { PreparedCommand } from "../labelledCode";
import { commandSuggestions } from "./commandSuggestions";
import { loadPrompts } from "./promptFolders";
import type { BrokenPrompt, LoadedPrompt, PromptSet } from "./promptSet";
import { lookUp, parseSlashCommand } from "./slashCommand";
import { writeQuestion, type QuestionParts, type WrittenQuestion } from "./writeQuestion";

export interface SlashCommandParts extends QuestionParts {
  readonly extensionUri: vscode.Uri;
  readonly logError: (error: unknown) => void;
}

export class SlashCommands {
  constructor(private readonly parts: SlashCommandParts) {}

  /** Undefined where the message is no command. */
  async prepare(message: string): Promise<PreparedCommand | undefined> {
    const command = parseSlashCommand(message);
    if (command === undefined) {
      return undefined;
    }
    const set = await this.load();
    const found = lookUp(command.name, set.prompts);
    if (found.kind === "unknown") {
      return { kind: "refused", message: unknownText(command.name, found.nearest, set) };
    }
    const { item: prompt } = found;
    return isOwnExplanation(prompt)
      ? { kind: "explain", request: command.input }
      : writeQuestion(prompt, command.input, this.parts);
  }

  async suggest(query: string): Promise<readonly Suggestion[]> {
    const { prompts } = await this.load();
    return commandSuggestions(query, prompts, vscode.l10n.t);
  }

  /** The question that the prompt of this name asks, with other sources than the editor's where they are given. */
  async write(name: string, input: string, sources: Partial<QuestionParts>): Promise<WrittenQuestion> {
    const found = lookUp(name, (await this.load()).prompts);
    return found.kind === "found"
      ? writeQuestion(found.item, input, { ...this.parts, ...sources })
      : { kind: "refused", message: vscode.l10n.t("There is no prompt file for /{0}.", name) };
  }

  private load(): Promise<PromptSet> {
    return loadPrompts(this.parts.extensionUri, this.parts.logError);
  }
}

/** Whoever has changed /explain wants their own words. */
function isOwnExplanation({ name, source }: LoadedPrompt): boolean {
  return name === "explain" && source === "builtIn";
}

function unknownText(name: string, nearest: readonly string[], { prompts, broken }: PromptSet): string {
  const { t } = vscode.l10n;
  const damaged: BrokenPrompt | undefined = broken.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (damaged !== undefined) {
    return t("The prompt file {0} cannot be used, line {1}: {2}", `${damaged.name}.md`, damaged.line, damaged.error);
  }
  const names = nearest.length > 0 ? nearest : prompts.map((prompt) => prompt.name);
  const list = names.map((one) => `/${one}`).join(", ");
  return nearest.length > 0
    ? t("There is no command /{0}. Did you mean {1}?", name, list)
    : t("There is no command /{0}. There are {1}.", name, list);
}

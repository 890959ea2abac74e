/**
 * Terminals as context: the last command of each with its output. What is selected in a terminal no extension is told, and
 * taking it by way of the clipboard would overwrite what the user has there: they copy and paste it.
 */
import * as vscode from "vscode";
import type { Suggestion } from "../../../protocol/chatView";
import { itemId, type ContextItem } from "./contextItem";
import { nothing, read, type ContextSource, type Reading } from "./contextParts";
import { namedEntries, type NamedEntry } from "./namedEntries";
import type { TerminalCommand, TerminalCommands } from "./terminalCommands";

export class TerminalSource implements ContextSource<"terminal"> {
  constructor(private readonly commands: Pick<TerminalCommands, "list">) {}

  find(query: string): Promise<readonly Suggestion[]> {
    const commands = this.commands.list();
    const entries = commands.length === 0 ? [entry({ kind: "terminal" }, "")] : commands.map(commandEntry);
    return Promise.resolve(namedEntries(query, entries));
  }

  /** The output is kept as it is now: the terminal goes on to other things. */
  read({ terminal }: Extract<ContextItem, { kind: "terminal" }>): Promise<Reading> {
    const command = this.commands.list().find(({ id }) => terminal === undefined || id === terminal);
    return Promise.resolve(
      command === undefined
        ? nothing(
            vscode.l10n.t(
              "No command has run in a terminal with shell integration since this window was opened. Run it again, or copy what the terminal shows and paste it into the message.",
            ),
          )
        : read({
            uri: `terminal:${command.terminalName}`,
            languageId: "",
            title: "Terminal",
            text: commandText(command),
            label: command.commandLine === "" ? command.terminalName : `$ ${command.commandLine}`,
            icon: "terminal",
          }),
    );
  }
}

/** The command after a prompt, its output, and how it ended where that was no success. */
function commandText({ commandLine, output, exitCode }: TerminalCommand): string {
  const end = exitCode === undefined || exitCode === 0 ? [] : [`(exit code ${String(exitCode)})`];
  return [`$ ${commandLine}`, ...(output === "" ? [] : [output]), ...end].join("\n");
}

function commandEntry({ id, commandLine, terminalName }: TerminalCommand): NamedEntry {
  return entry({ kind: "terminal", terminal: id }, commandLine === "" ? terminalName : `$ ${commandLine}`);
}

function entry(item: ContextItem, detail: string): NamedEntry {
  const label = vscode.l10n.t("Last Terminal Command");
  const suggestion = { id: itemId(item), label, detail, icon: "terminal", group: vscode.l10n.t("Collected") };
  return { keyword: "terminal", suggestion };
}

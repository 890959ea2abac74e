/** Messages that begin with "/": asks what the prompt file behind the command wrote, or says why it cannot be asked. */
import * as vscode from "vscode";
import { assertNever } from "../../base/assertNever";
import type { Suggestion } from "../../protocol/chatView";
import type { PreparedCommand } from "../labelledCode";
import type { ChatController } from "./chatController";
import type { SuggestSource } from "./suggester";

/** The commands there are; prompt files make them. */
export interface ChatCommands {
  /** Undefined where the message is no command. */
  prepare(message: string): Promise<PreparedCommand | undefined>;
  /** The entries of the list, best first. */
  suggest(query: string): Promise<readonly Suggestion[]>;
}

export interface CommandMessageParts {
  readonly commands: ChatCommands;
  /** The product's own explanation of what is selected; false where there is nothing to explain, which it has said. */
  readonly explain: (request: string, insteadOf?: string) => Promise<boolean>;
  readonly controller: Pick<ChatController, "askPrompt">;
}

export interface CommandMessage {
  readonly text: string;
  /** The question whose place it takes. */
  readonly insteadOf?: string;
}

/** Resolves when the answer has ended, or at once where there is none. */
export async function askCommand(
  { text, insteadOf }: CommandMessage,
  { commands, explain, controller }: CommandMessageParts,
): Promise<"noCommand" | "asked" | "refused"> {
  const prepared = await commands.prepare(text);
  if (prepared === undefined) {
    return "noCommand";
  }
  switch (prepared.kind) {
    case "question":
      await controller.askPrompt(prepared.question, insteadOf);
      return "asked";
    case "explain":
      return (await explain(prepared.request, insteadOf)) ? "asked" : "refused";
    case "refused":
      void vscode.window.showWarningMessage(prepared.message);
      return "refused";
    default:
      return assertNever(prepared);
  }
}

/** The list behind "/". Its entries are text that is inserted; nothing else is done for them. */
export function commandSource(commands: ChatCommands): SuggestSource {
  return {
    suggest: async (query, show) => {
      show(await commands.suggest(query));
    },
    pick: () => Promise.resolve(),
  };
}

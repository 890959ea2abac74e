/** Builds the sources of context and connects them with VS Code. */
import * as vscode from "vscode";
import type { Disposable } from "../../../base/disposables";
import type { CodeAttachment } from "../attachment";
import { ChangesSource } from "./changesSource";
import { Context } from "./context";
import { CopiedCode } from "./copiedCode";
import { EditorSource } from "./editorSource";
import { currentExclusions } from "./exclusions";
import { FileSource } from "./fileSource";
import { ProblemsSource } from "./problemsSource";
import { SymbolSource } from "./symbolSource";
import { TerminalCommands } from "./terminalCommands";
import { TerminalSource } from "./terminalSource";
import { WorkspaceFiles } from "./workspaceFiles";

export interface ContextOptions {
  readonly excludePatterns: () => readonly string[];
  readonly attach: (attachment: CodeAttachment) => void;
  readonly attached: () => readonly CodeAttachment[];
  readonly logError: (error: unknown) => void;
  /** Keeps what lives as long as the chat. */
  readonly own: <T extends Disposable>(disposable: T) => T;
}

export function createContext({ excludePatterns, attach, attached, logError, own }: ContextOptions): Context {
  const exclusions = () => currentExclusions(excludePatterns());
  const copied = own(new CopiedCode());
  return new Context({
    sources: {
      editor: new EditorSource(exclusions),
      problems: new ProblemsSource(exclusions),
      terminal: new TerminalSource(own(new TerminalCommands(vscode.window, logError))),
      changes: new ChangesSource({ exclusions }),
      files: new FileSource({ exclusions, files: own(new WorkspaceFiles(logError)) }),
      symbols: new SymbolSource(exclusions),
    },
    findCode: async (text) => {
      const mayAttach = await exclusions();
      return copied.find(text).filter(({ uri }) => mayAttach(vscode.Uri.parse(uri)));
    },
    attach,
    attached,
    translate: vscode.l10n.t,
    logError,
    say: (message) => {
      void vscode.window.showInformationMessage(message);
    },
  });
}

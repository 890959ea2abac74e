/** Builds the sources of context and connects them with VS Code. */
import * as vscode from "vscode";
import type { Disposable } from "../../../base/disposables";
import type { CodeAttachment } from "../attachment";
import { Context } from "./context";
import { EditorSource } from "./editorSource";
import { currentExclusions } from "./exclusions";
import { FileSource } from "./fileSource";
import { WorkspaceFiles } from "./workspaceFiles";

export interface ContextOptions {
  readonly excludePatterns: () => readonly string[];
  readonly attach: (attachment: CodeAttachment) => void;
  readonly logError: (error: unknown) => void;
  /** Keeps what lives as long as the chat. */
  readonly own: <T extends Disposable>(disposable: T) => T;
}

export function createContext({ excludePatterns, attach, logError, own }: ContextOptions): Context {
  const exclusions = () => currentExclusions(excludePatterns());
  return new Context({
    editor: new EditorSource(exclusions),
    files: new FileSource({ exclusions, files: own(new WorkspaceFiles(logError)) }),
    attach,
    say: (message) => {
      void vscode.window.showInformationMessage(message);
    },
  });
}

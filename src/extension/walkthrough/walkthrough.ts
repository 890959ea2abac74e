/**
 * "Get Started" beyond what package.json says: the context keys that complete its steps, and examples to try. VS Code opens
 * the walkthrough by itself when the extension is installed, and remembers which steps are done.
 */
import * as vscode from "vscode";
import { DisposableList, type Disposable } from "../../base/disposables";
import {
  CommandIds,
  EXTENSION_ID,
  WalkthroughCommandIds,
  WalkthroughContextKeys,
  WALKTHROUGH_ID,
} from "../contributions";
import type { Engine } from "../engineApi";
import { EXAMPLE, EXPLAINED_LINES } from "./example";

export interface WalkthroughParts {
  readonly engine: Pick<Engine, "state" | "onDidChangeState">;
  /** Calls back whenever the conversation has changed. */
  readonly onDidChangeConversation: (listener: () => void) => Disposable;
  /** Whether the last question of the conversation has a whole answer. */
  readonly isAnswered: () => boolean;
}

export class Walkthrough implements Disposable {
  private readonly disposables = new DisposableList();
  private readonly done = new Set<string>();

  constructor(private readonly parts: WalkthroughParts) {
    const update = (): void => {
      this.update();
    };
    this.disposables.add(parts.engine.onDidChangeState(update));
    this.disposables.add(parts.onDidChangeConversation(update));
    this.disposables.add(vscode.commands.registerCommand(WalkthroughCommandIds.tryCompletion, tryCompletion));
    this.disposables.add(vscode.commands.registerCommand(WalkthroughCommandIds.tryExplanation, tryExplanation));
    this.update();
  }

  /** VS Code never completes a step whose key was set before it knew of the walkthrough; a key that is set now does. */
  async open(): Promise<void> {
    const walkthrough = `${EXTENSION_ID}#${WALKTHROUGH_ID}`;
    await vscode.commands.executeCommand("workbench.action.openWalkthrough", walkthrough, false);
    this.complete(WalkthroughContextKeys.opened);
  }

  /** The user had code explained; a failure does not count. */
  explained(): void {
    if (this.parts.isAnswered()) {
      this.complete(WalkthroughContextKeys.codeExplained);
    }
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private update(): void {
    const { state } = this.parts.engine;
    if (state.kind === "running" && Object.values(state.models).some(({ kind }) => kind === "ready")) {
      this.complete(WalkthroughContextKeys.modelReady);
    }
    if (this.parts.isAnswered()) {
      this.complete(WalkthroughContextKeys.questionAnswered);
    }
  }

  /** A conversation changes with every piece of an answer: VS Code is told once. */
  private complete(key: string): void {
    if (!this.done.has(key)) {
      this.done.add(key);
      void vscode.commands.executeCommand("setContext", key, true);
    }
  }
}

async function tryCompletion(): Promise<void> {
  const { document } = await showExample();
  const end = document.lineAt(document.lineCount - 1).range.end;
  await select(new vscode.Selection(end, end));
  await vscode.commands.executeCommand("editor.action.inlineSuggest.trigger");
}

async function tryExplanation(): Promise<void> {
  await showExample();
  const [first, last] = EXPLAINED_LINES;
  await select(new vscode.Selection(first, 0, last + 1, 0));
  await vscode.commands.executeCommand(CommandIds.explainSelection);
}

/** In an unsaved document, so that nobody's files are touched. */
async function showExample(): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument({ language: "python", content: EXAMPLE });
  return vscode.window.showTextDocument(document);
}

async function select(selection: vscode.Selection): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor !== undefined) {
    await vscode.window.showTextDocument(editor.document, { selection });
  }
}

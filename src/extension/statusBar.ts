/** The status bar item: shows statusText.ts, and opens the menu. */
import * as vscode from "vscode";
import { DisposableList, type Disposable } from "../base/disposables";
import { CommandIds, STATUS_BAR_ITEM_ID } from "./contributions";
import type { CompletionFigures } from "../protocol/completion";
import type { Engine } from "./engineApi";
import { onDidChangeSettings } from "./settings";
import { statusText, type StatusText } from "./statusText";

/** What the completions are doing. */
export interface CompletionActivity {
  readonly isComputing: boolean;
  readonly lastFigures: CompletionFigures | undefined;
  onDidChangeActivity(listener: () => void): Disposable;
}

export class StatusBar implements Disposable {
  private readonly disposables = new DisposableList();
  private readonly item: vscode.StatusBarItem;

  constructor(
    private readonly engine: Pick<Engine, "state" | "onDidChangeState">,
    /** Whether completions are on where the cursor is. */
    private readonly completionsOn: () => boolean,
    private readonly completions: CompletionActivity,
  ) {
    this.item = vscode.window.createStatusBarItem(STATUS_BAR_ITEM_ID, vscode.StatusBarAlignment.Right, 100);
    this.item.name = "Llama 2";
    this.item.command = CommandIds.showMenu;
    const update = (): void => {
      this.update();
    };
    this.disposables.add(this.item);
    this.disposables.add(engine.onDidChangeState(update));
    this.disposables.add(completions.onDidChangeActivity(update));
    this.disposables.add(onDidChangeSettings(update));
    this.disposables.add(vscode.window.onDidChangeActiveTextEditor(update));
    this.update();
    this.item.show();
  }

  /** What is shown now. */
  get shown(): StatusText {
    const facts = {
      state: this.engine.state,
      completionsOn: this.completionsOn(),
      completing: this.completions.isComputing,
      lastCompletion: this.completions.lastFigures,
    };
    return statusText(facts, vscode.l10n.t);
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private update(): void {
    const { text, tooltip, label, severity } = this.shown;
    this.item.text = text;
    this.item.tooltip = tooltip;
    this.item.accessibilityInformation = { label, role: "button" };
    this.item.backgroundColor = severity === "normal" ? undefined : new vscode.ThemeColor(BACKGROUNDS[severity]);
  }
}

const BACKGROUNDS = {
  warning: "statusBarItem.warningBackground",
  error: "statusBarItem.errorBackground",
} as const;

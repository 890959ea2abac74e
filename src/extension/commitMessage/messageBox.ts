/** The message box of a repository while a message is written into it: what the user types there meanwhile is not lost. */
import * as vscode from "vscode";

export class MessageBox {
  /** What stood there when the message was asked for. */
  readonly before: string;
  private written: string;

  constructor(private readonly box: { value: string }) {
    this.before = box.value;
    this.written = box.value;
  }

  /** Shows what there is of the message so far, unless the user has typed there. */
  show(soFar: string): void {
    if (soFar !== "" && soFar !== this.written && this.isUntouched) {
      this.box.value = this.written = soFar;
    }
  }

  /** As it was; what the user typed meanwhile stays. */
  restore(): void {
    if (this.isUntouched) {
      this.box.value = this.written = this.before;
    }
  }

  /** Undoing in the box then brings back what stood there before. What was typed meanwhile is not overwritten without a word. */
  async finish(message: string): Promise<void> {
    if (!this.isUntouched) {
      const replace = vscode.l10n.t("Replace");
      const chosen = await vscode.window.showInformationMessage(
        vscode.l10n.t(
          "The commit message is ready, but you have changed the box meanwhile: {0}",
          message.split("\n")[0] ?? "",
        ),
        replace,
      );
      if (chosen !== replace) {
        return;
      }
    }
    this.restore();
    this.box.value = this.written = message;
  }

  private get isUntouched(): boolean {
    return this.box.value === this.written;
  }
}

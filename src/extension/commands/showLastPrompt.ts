/** "Show Last Prompt": the exact prompt of the last request, as a read-only document in the prompt language. */
import * as vscode from "vscode";
import { DisposableList, type Disposable } from "../../base/disposables";
import type { LastPrompt } from "../../protocol/engine";
import { LanguageIds, PROMPT_SCHEME } from "../contributions";
import type { Engine } from "../engineApi";
import { notifyError } from "../notifyUser";

export class LastPromptView implements Disposable {
  private readonly disposables = new DisposableList();
  private readonly changed = this.disposables.add(new vscode.EventEmitter<vscode.Uri>());
  private readonly texts = new Map<string, string>();

  constructor(private readonly engine: Pick<Engine, "lastPrompt">) {
    this.disposables.add(
      vscode.workspace.registerTextDocumentContentProvider(PROMPT_SCHEME, {
        onDidChange: this.changed.event,
        provideTextDocumentContent: (uri) => this.texts.get(uri.toString()) ?? "",
      }),
    );
  }

  async show(): Promise<void> {
    try {
      const prompt = await this.engine.lastPrompt(new AbortController().signal);
      if (prompt === null) {
        void vscode.window.showInformationMessage(
          vscode.l10n.t("Nothing has been asked of a model yet. Chat, or let it complete code, and try again."),
        );
        return;
      }
      await this.open(prompt);
    } catch (error) {
      void notifyError(error);
    }
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private async open(prompt: LastPrompt): Promise<void> {
    const uri = vscode.Uri.from({ scheme: PROMPT_SCHEME, path: `/${titleOf(prompt)}` });
    this.forgetClosed();
    this.texts.set(uri.toString(), prompt.text);
    this.changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(document, LanguageIds.prompt);
    await vscode.window.showTextDocument(document, { preview: true });
  }

  private forgetClosed(): void {
    const open = new Set(vscode.workspace.textDocuments.map(({ uri }) => uri.toString()));
    for (const uri of this.texts.keys()) {
      if (!open.has(uri)) {
        this.texts.delete(uri);
      }
    }
  }
}

/** The name of the tab. */
function titleOf({ request, tokens }: LastPrompt): string {
  switch (request) {
    case "chat":
      return vscode.l10n.t("Last Prompt (chat, {0} tokens)", tokens);
    case "explain":
      return vscode.l10n.t("Last Prompt (explain, {0} tokens)", tokens);
    case "completion":
      return vscode.l10n.t("Last Prompt (completion, {0} tokens)", tokens);
  }
}

/** Headers of model files to look at, and on the clipboard. */
import * as vscode from "vscode";
import type { Disposable } from "../../base/disposables";
import type { ModelHeader, ModelHeaderParams } from "../../protocol/localModels";
import { withCancellableProgress } from "../cancellableProgress";
import { MODEL_HEADER_SCHEME } from "../contributions";
import type { LocalModels } from "../models/localModels";
import { headerJson, headerMarkdown } from "./headerText";

type Source = ModelHeaderParams["source"];

export class ModelHeaders implements vscode.TextDocumentContentProvider, Disposable {
  private readonly texts = new Map<string, string>();
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(MODEL_HEADER_SCHEME, this);

  constructor(private readonly local: Pick<LocalModels, "header">) {}

  /** In an editor, as a table that is rendered. */
  async show(source: Source, title: string): Promise<void> {
    const header = await this.read(source, title);
    // A header that is read again, of a file that changed, is another document.
    const path = `/${String(this.texts.size + 1)}/${title.replace(/[\\/:]/g, "-")}.md`;
    this.texts.set(path, headerMarkdown(header, vscode.l10n.t));
    const uri = vscode.Uri.from({ scheme: MODEL_HEADER_SCHEME, path });
    try {
      await vscode.commands.executeCommand("markdown.showPreview", uri);
    } catch {
      // VS Code's own Markdown extension can be switched off; the text is readable, too
      await vscode.window.showTextDocument(uri, { preview: true });
    }
  }

  async copy(source: Source, title: string): Promise<void> {
    const { t } = vscode.l10n;
    const formats = [
      {
        label: "Markdown",
        detail: t("to read, with what it means here"),
        text: (header: ModelHeader) => headerMarkdown(header, t),
      },
      { label: "JSON", detail: t("everything that was read, for programs"), text: headerJson },
    ];
    const format = await vscode.window.showQuickPick(formats, { title: t("Copy the Header of {0} as", title) });
    if (format !== undefined) {
      await vscode.env.clipboard.writeText(format.text(await this.read(source, title)));
      void vscode.window.setStatusBarMessage(t("The header of {0} is on the clipboard.", title), TOLD_MS);
    }
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.path) ?? "";
  }

  dispose(): void {
    this.registration.dispose();
  }

  private read(source: Source, title: string): Promise<ModelHeader> {
    return withCancellableProgress(vscode.l10n.t("Reading the header of {0}", title), (_report, signal) =>
      this.local.header(source, signal),
    );
  }
}

const TOLD_MS = 5000;

/** Shows the licence of a model before its first download, in an editor and a dialog, and records what the user says. */
import * as vscode from "vscode";
import { formatModelSpec } from "../../protocol/modelSpec";
import type { ModelSource } from "../../protocol/models";
import type { Hub } from "./hub";
import type { LicenceRecord } from "./licenceRecord";
import { LICENCE_PAGE, licenceToAccept, USE_POLICY_PAGE, type LicenceToAccept } from "./licenceText";

const SCHEME = "llama2-licence";

export class LicenceDialog implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);

  constructor(
    private readonly hub: Pick<Hub, "licence">,
    private readonly record: LicenceRecord,
  ) {}

  /** True where nothing has to be accepted, or it is. Rejects where the texts cannot be fetched. */
  async ensureAccepted(source: ModelSource, signal: AbortSignal): Promise<boolean> {
    const licence = source.kind === "hub" ? await this.hub.licence(source, signal) : undefined;
    const toAccept = licenceToAccept(source, licence);
    if (toAccept === undefined || this.record.isAccepted(toAccept.sha256)) {
      return true;
    }
    const accepted = await this.ask(toAccept);
    if (accepted) {
      await this.record.accept(toAccept.sha256, formatModelSpec(source));
    }
    return accepted;
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.path) ?? "";
  }

  dispose(): void {
    this.registration.dispose();
  }

  /** The text stands in an editor; whoever wants to read it first answers in the message that stays. */
  private async ask({ text, sha256 }: LicenceToAccept): Promise<boolean> {
    const { t } = vscode.l10n;
    await this.show(text, sha256);
    const [accept, read] = [{ title: t("Accept") }, { title: t("Read First") }];
    const decline = { title: t("Decline"), isCloseAffordance: true };
    const answer = await vscode.window.showInformationMessage(
      t("This model comes under the Llama 2 Community License and its Acceptable Use Policy."),
      {
        modal: true,
        detail: t(
          "They are open in the editor, and at {0} and {1}. Downloading needs your acceptance of both; it is recorded on this machine.",
          LICENCE_PAGE,
          USE_POLICY_PAGE,
        ),
      },
      accept,
      read,
      decline,
    );
    if (answer !== read) {
      return answer === accept;
    }
    const later = await vscode.window.showInformationMessage(
      t("Do you accept the Llama 2 Community License and the Acceptable Use Policy?"),
      accept,
      decline,
    );
    return later === accept;
  }

  private async show(text: string, sha256: string): Promise<void> {
    const path = `/${sha256.slice(0, 8)}/LICENSE and USE_POLICY.txt`;
    this.texts.set(path, text);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: SCHEME, path }));
    await vscode.window.showTextDocument(document, { preview: true });
  }
}

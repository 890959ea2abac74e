/** "Verify Checksum": reads a model to its end, says what came of it, and what can be done about a damaged one. */
import * as vscode from "vscode";
import type { InstalledModel, Verification } from "../../protocol/localModels";
import type { Translate } from "../../base/localize";
import { withCancellableProgress } from "../cancellableProgress";
import { fileSize } from "../modelSummary";
import type { LocalModels } from "../models/localModels";
import type { UserAction } from "../notifyUser";
import { programName } from "./words";

/** Rejects with an `AbortError` where the user cancels, and with what the engine says. */
export async function verifyModel(
  local: Pick<LocalModels, "verify">,
  { name, path }: InstalledModel,
): Promise<Verification> {
  let shown = 0;
  return withCancellableProgress(vscode.l10n.t("Verifying {0}", name), (report, signal) =>
    local.verify(
      path,
      ({ bytes, totalBytes }) => {
        const percent = totalBytes === 0 ? 0 : (100 * bytes) / totalBytes;
        report(vscode.l10n.t("{0} of {1}", fileSize(bytes), fileSize(totalBytes)), Math.max(0, percent - shown));
        shown = Math.max(shown, percent);
      },
      signal,
    ),
  );
}

/** Resolves when the message is gone and the chosen action is done. */
export async function tellVerification(
  { name, origin }: InstalledModel,
  verification: Verification,
  damagedActions: readonly UserAction[],
): Promise<void> {
  const { t } = vscode.l10n;
  switch (verification.kind) {
    case "intact":
      await vscode.window.showInformationMessage(t("{0} is intact: its SHA-256 is what it should be.", name));
      return;
    case "unknown": {
      const copy = t("Copy SHA-256");
      const text = t(
        "{0} was read to its end. Nobody has told what its SHA-256 should be; it is {1}.",
        name,
        verification.sha256,
      );
      if ((await vscode.window.showInformationMessage(text, copy)) === copy) {
        await vscode.env.clipboard.writeText(verification.sha256);
      }
      return;
    }
    case "damaged": {
      const text = t("{0} is damaged: its content is not what it should be.", name);
      const hint = damagedActions.length === 0 ? ` ${elsewhere(origin, t)}` : "";
      const titles = damagedActions.map(({ title }) => title);
      const chosen = await vscode.window.showErrorMessage(text + hint, ...titles);
      await damagedActions.find(({ title }) => title === chosen)?.run();
    }
  }
}

/** What to do about a file that is not ours. */
function elsewhere(origin: InstalledModel["origin"], translate: Translate): string {
  const program = programName(origin);
  return program === ""
    ? translate("Get the file again from where you have it.")
    : translate("Delete it in {0} and get it again there.", program);
}

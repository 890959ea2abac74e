/** Deleting a model: says whose folder it is and who may miss it, and takes it out of the settings. */
import * as vscode from "vscode";
import type { ModelRole } from "../../protocol/engine";
import type { InstalledModel } from "../../protocol/localModels";
import { fileSize } from "../modelSummary";
import type { LocalModels } from "../models/localModels";
import { readSettings, saveModelPath } from "../settings";
import type { ModelUse } from "./modelUse";
import { roleName } from "./words";

/** False where the user did not want to. Rejects with what the engine says. */
export async function deleteModel(
  local: Pick<LocalModels, "delete">,
  model: InstalledModel,
  use: ModelUse,
): Promise<boolean> {
  const { t } = vscode.l10n;
  const remove = t("Delete");
  const answer = await vscode.window.showWarningMessage(
    t("Delete {0} ({1})?", model.name, fileSize(model.bytes)),
    { modal: true, detail: deletionDetail(model, use) },
    remove,
  );
  if (answer !== remove) {
    return false;
  }
  const freed = await deleteUnused(local, model);
  void vscode.window.showInformationMessage(
    freed === 0
      ? t("{0} is deleted. Its content stays, because another version of the repository has it, too.", model.name)
      : t("{0} is deleted; {1} are free again.", model.name, fileSize(freed)),
  );
  return true;
}

function deletionDetail(model: InstalledModel, { roles }: ModelUse): string {
  const { t } = vscode.l10n;
  const names = roles.map((role) => roleName(role, t)).join(", ");
  return [
    model.origin === "hub"
      ? t(
          "It lies in the cache that all programs of the Hugging Face Hub share: others on this machine may use it, and would have to download it again.",
        )
      : t("It would have to be downloaded again."),
    ...(roles.length === 0 ? [] : [t("It is in use ({0}); the setting is cleared.", names)]),
  ].join("\n\n");
}

/** The settings forget it first: a request that comes meanwhile would load it again. They are put back where it stays. */
async function deleteUnused(
  local: Pick<LocalModels, "delete">,
  { path, paths, name }: InstalledModel,
): Promise<number> {
  const { chatModelPath, completionModelPath } = readSettings();
  const used: Readonly<Record<ModelRole, string>> = { chat: chatModelPath, completion: completionModelPath };
  const roles = (["chat", "completion"] as const).filter((role) => paths.includes(used[role]));
  for (const role of roles) {
    await saveModelPath(role, "");
  }
  try {
    const title = vscode.l10n.t("Deleting {0}…", name);
    return await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, () =>
      local.delete(path, new AbortController().signal),
    );
  } catch (error) {
    for (const role of roles) {
      await saveModelPath(role, used[role]);
    }
    throw error;
  }
}

/** The commands on models that are on this machine. */
import * as vscode from "vscode";
import type { ModelRole } from "../../protocol/engine";
import type { ModelSource } from "../../protocol/models";
import { CommandIds } from "../contributions";
import type { Models } from "../models/models";
import { chatAbility } from "../modelSummary";
import { saveModelPath } from "../settings";
import { deleteModel } from "./deleteModel";
import type { ModelsFeed } from "./modelsFeed";
import type { Installed, NodeCommands } from "./nodeCommand";
import { tellVerification, verifyModel } from "./verifyModel";

export interface InstalledCommandParts {
  readonly models: Models;
  readonly feed: ModelsFeed;
}

export function installedCommands(parts: InstalledCommandParts, commands: NodeCommands) {
  return {
    [CommandIds.useModelForChat]: commands.onInstalled("useForChat", (subject) => use(subject, "chat")),
    [CommandIds.useModelForCompletion]: commands.onInstalled("useForCompletion", (subject) =>
      use(subject, "completion"),
    ),
    [CommandIds.revealModel]: commands.onInstalled("reveal", ({ model }) => revealFile(model.path)),
    [CommandIds.copyModelPath]: commands.onInstalled("copyPath", ({ model }) =>
      vscode.env.clipboard.writeText(model.path),
    ),
    [CommandIds.verifyModel]: commands.onInstalled("verify", (subject) => verify(parts, subject)),
    [CommandIds.deleteModel]: commands.onInstalled("delete", (subject) => remove(parts, subject)),
  };
}

async function use({ model }: Installed, role: ModelRole): Promise<void> {
  await saveModelPath(role, model.path);
  if (role === "chat" && model.description?.capabilities.chat === false) {
    void vscode.window.showWarningMessage(`${model.name}: ${chatAbility(model.description, vscode.l10n.t)}`);
  }
}

/** Where there is no file manager, as in a browser, the path is of use. */
async function revealFile(path: string): Promise<void> {
  try {
    await vscode.commands.executeCommand("revealFileInOS", vscode.Uri.file(path));
  } catch {
    await vscode.env.clipboard.writeText(path);
    void vscode.window.showInformationMessage(vscode.l10n.t("Copied to the clipboard: {0}", path));
  }
}

async function verify(parts: InstalledCommandParts, subject: Installed): Promise<void> {
  const { model } = subject;
  const { source } = model;
  const verification = await verifyModel(parts.models.local, model);
  parts.feed.setVerified(model.path, verification);
  const { t } = vscode.l10n;
  const again = (from: ModelSource) => ({
    title: t("Delete and Download Again"),
    run: () => replace(parts, subject, from),
  });
  const isOurs = model.origin === "hub" || model.origin === "download";
  await tellVerification(
    model,
    verification,
    isOurs ? [...(source ? [again(source)] : []), { title: t("Delete"), run: () => remove(parts, subject) }] : [],
  );
}

async function replace(parts: InstalledCommandParts, subject: Installed, source: ModelSource): Promise<void> {
  if (await remove(parts, subject)) {
    await parts.models.downloads.start(source, subject.model.name);
  }
}

async function remove({ models, feed }: InstalledCommandParts, { model, use: inUse }: Installed): Promise<boolean> {
  const deleted = await deleteModel(models.local, model, inUse);
  if (deleted) {
    feed.forgetVerified(model.path);
  }
  return deleted;
}

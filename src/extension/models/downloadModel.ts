/** "Download Model…": asks which one, downloads it, and offers the use of what came. */
import * as vscode from "vscode";
import type { ModelRole } from "../../protocol/engine";
import type { DownloadResult, ModelSource } from "../../protocol/models";
import { notifyError } from "../notifyUser";
import { saveModelPath } from "../settings";
import type { Downloads } from "./downloads";
import type { Hub } from "./hub";
import { pickSource } from "./pickSource";

export async function downloadModel(hub: Hub, downloads: Downloads): Promise<void> {
  try {
    const source = await pickSource(hub, new AbortController().signal);
    if (source !== undefined) {
      await downloads.start(source, titleOf(source));
    }
  } catch (error) {
    await notifyError(error);
  }
}

/** The name of the file. */
function titleOf(source: ModelSource): string {
  const path = source.kind === "hub" ? source.file : new URL(source.url).pathname;
  return path.split("/").at(-1) ?? path;
}

/** Asks what the model is for, and sets it. */
export async function offerUse({ path }: DownloadResult, title: string): Promise<void> {
  const { t } = vscode.l10n;
  const uses: readonly { readonly title: string; readonly roles: readonly ModelRole[] }[] = [
    { title: t("Use for Chat"), roles: ["chat"] },
    { title: t("Use for Completion"), roles: ["completion"] },
    { title: t("Use for Both"), roles: ["chat", "completion"] },
  ];
  const chosen = await vscode.window.showInformationMessage(
    t("{0} is downloaded and verified.", title),
    ...uses.map((use) => use.title),
  );
  for (const role of uses.find((use) => use.title === chosen)?.roles ?? []) {
    await saveModelPath(role, path);
  }
}

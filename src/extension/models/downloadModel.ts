/** "Download Model…": asks where from, downloads, and offers the use of what came. */
import * as vscode from "vscode";
import { EngineError } from "../../protocol/engineErrors";
import type { ModelRole } from "../../protocol/engine";
import { parseModelSpec } from "../../protocol/modelSpec";
import type { DownloadResult, ModelSource } from "../../protocol/models";
import { errorText } from "../errorText";
import { saveModelPath } from "../settings";
import type { Downloads } from "./downloads";

export async function downloadModel(downloads: Downloads): Promise<void> {
  const spec = await vscode.window.showInputBox({
    title: vscode.l10n.t("Download Model"),
    prompt: vscode.l10n.t("A GGUF file of the Hugging Face Hub, or its address"),
    placeHolder: "hf:TheBloke/Llama-2-7B-Chat-GGUF/llama-2-7b-chat.Q4_K_M.gguf",
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === "" ? undefined : problemOf(text)),
  });
  if (spec !== undefined && spec.trim() !== "") {
    const source = parseModelSpec(spec);
    await downloads.start(source, titleOf(source));
  }
}

/** The name of the file. */
export function titleOf(source: ModelSource): string {
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

function problemOf(text: string): string | undefined {
  try {
    parseModelSpec(text);
    return undefined;
  } catch (error) {
    return error instanceof EngineError ? errorText(error, vscode.l10n.t) : String(error);
  }
}

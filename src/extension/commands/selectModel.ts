/** "Select Model File…": picks a GGUF, says what it is and can do, and sets it for chat, completion or both. */
import { dirname } from "node:path";
import * as vscode from "vscode";
import type { ModelDescription, ModelRole } from "../../protocol/engine";
import type { Engine } from "../engineApi";
import { notifyError } from "../notifyUser";
import { readSettings, saveModelPath } from "../settings";
import { chatAbility, completionAbility, modelFacts, modelWarnings } from "../modelSummary";

interface UseItem extends vscode.QuickPickItem {
  readonly roles: readonly ModelRole[];
}

export async function selectModel(engine: Pick<Engine, "inspectModel">): Promise<void> {
  const path = await pickFile();
  if (path === undefined) {
    return;
  }
  const model = await inspect(engine, path);
  const use = model === undefined ? undefined : await pickUse(model);
  for (const role of use?.roles ?? []) {
    await saveModelPath(role, path);
  }
}

async function pickFile(): Promise<string | undefined> {
  const { chatModelPath, completionModelPath } = readSettings();
  const current = chatModelPath === "" ? completionModelPath : chatModelPath;
  const [file] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t("Select a Llama 2 or Code Llama model in GGUF format"),
      openLabel: vscode.l10n.t("Select Model"),
      filters: { [vscode.l10n.t("GGUF models")]: ["gguf"], [vscode.l10n.t("All files")]: ["*"] },
      ...(current === "" ? {} : { defaultUri: vscode.Uri.file(dirname(current)) }),
    })) ?? [];
  return file?.fsPath;
}

/** Says what is wrong with a file that cannot be used, and offers to pick another. */
async function inspect(engine: Pick<Engine, "inspectModel">, path: string): Promise<ModelDescription | undefined> {
  try {
    return await engine.inspectModel(path, new AbortController().signal);
  } catch (error) {
    const again = { title: vscode.l10n.t("Select Another File…"), run: () => selectModel(engine) };
    void notifyError(error, again);
    return undefined;
  }
}

async function pickUse(model: ModelDescription): Promise<UseItem | undefined> {
  const translate = vscode.l10n.t;
  const chat: UseItem = { label: translate("Chat"), description: chatAbility(model, translate), roles: ["chat"] };
  const completion: UseItem = {
    label: translate("Completion"),
    description: completionAbility(model, translate),
    roles: ["completion"],
  };
  const both: UseItem = {
    label: translate("Both"),
    description: translate("one model in memory for chat and completion"),
    roles: ["chat", "completion"],
  };
  const items = model.capabilities.chat ? [both, chat, completion] : [completion, both, chat];
  return vscode.window.showQuickPick(items, {
    title: translate("Use {0} for", model.name),
    placeHolder: [modelFacts(model, translate), modelWarnings(model, translate)]
      .filter((text) => text !== "")
      .join(" · "),
    ignoreFocusOut: true,
  });
}

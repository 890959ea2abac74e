/** Asks which models to compare: those in use, every other one on this machine, and files that the user adds. */
import { readdir } from "node:fs/promises";
import * as path from "node:path";
import * as vscode from "vscode";
import { ListModelsRequest, type InstalledModel } from "../../protocol/localModels";
import type { Engine } from "../engineApi";
import { readSettings } from "../settings";

interface ModelItem extends vscode.QuickPickItem {
  readonly path: string;
}

/** Absolute paths; none where the user chose nothing. */
export async function pickModels(engine: Pick<Engine, "request">): Promise<readonly string[]> {
  const { chatModelPath, completionModelPath } = readSettings();
  const used = [...new Set([completionModelPath, chatModelPath].filter((file) => file !== ""))];
  const other: ModelItem = { path: "", label: vscode.l10n.t("$(folder-opened) Other model files…") };
  const items = modelItems(engine, used).then((models): readonly ModelItem[] => [...models, other]);
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Compare Models on My Code"),
    placeHolder: vscode.l10n.t("Models to compare on lines of your recent commits"),
    canPickMany: true,
    ignoreFocusOut: true,
    matchOnDescription: true,
  });
  const chosen = (picked ?? []).map((item) => item.path);
  return chosen.includes("") ? [...chosen.filter((file) => file !== ""), ...(await browse())] : chosen;
}

/** Those in use first, and also where they cannot be loaded, which the report then says; of the others what can be. */
async function modelItems(engine: Pick<Engine, "request">, used: readonly string[]): Promise<readonly ModelItem[]> {
  const folders = [...new Set(used.map((file) => path.dirname(file)))];
  const beside = (await Promise.all(folders.map(modelsIn))).flat();
  const files = [...new Set([...used, ...beside])];
  const found = await engine.request(ListModelsRequest.type, { files }, new AbortController().signal);
  const usable = found.filter((one) => one.problem === undefined && !used.includes(one.path));
  return [
    ...used.map((file) => ({
      ...itemOf(found.find((one) => one.path === file) ?? { path: file, name: path.basename(file) }),
      picked: true,
    })),
    ...usable.map(itemOf),
  ];
}

function itemOf(model: Pick<InstalledModel, "path" | "name"> & Partial<InstalledModel>): ModelItem {
  const size = model.bytes === undefined ? [] : [`${(model.bytes / 1e9).toFixed(2)} GB`];
  return { path: model.path, label: model.name, description: [...size, path.dirname(model.path)].join(" · ") };
}

async function modelsIn(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    return names.filter((name) => name.toLowerCase().endsWith(".gguf")).map((name) => path.join(folder, name));
  } catch {
    return []; // the folder is gone: loading the model says so
  }
}

async function browse(): Promise<string[]> {
  const files = await vscode.window.showOpenDialog({
    title: vscode.l10n.t("Select models to compare"),
    canSelectMany: true,
    filters: { [vscode.l10n.t("GGUF models")]: ["gguf"], [vscode.l10n.t("All files")]: ["*"] },
  });
  return (files ?? []).map(({ fsPath }) => fsPath);
}

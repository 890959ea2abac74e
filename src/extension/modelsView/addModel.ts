/** "Add Model…" and "Search the Hub": more models than those of the catalogue, in `llama2.models.custom`. */
import * as vscode from "vscode";
import { formatModelSpec } from "../../protocol/modelSpec";
import type { ModelSource } from "../../protocol/models";
import type { Engine } from "../engineApi";
import type { Downloads } from "../models/downloads";
import type { Hub } from "../models/hub";
import { askAddress, searchHub } from "../models/pickSource";
import { notifyError } from "../notifyUser";
import { readSettings, saveCustomModels } from "../settings";
import { customModels } from "./customModels";
import { fileName } from "./words";

export interface AddModelParts {
  readonly engine: Pick<Engine, "inspectModel">;
  readonly hub: Hub;
  readonly downloads: Pick<Downloads, "start">;
  readonly showHeader: (source: ModelSource, title: string) => Promise<void>;
}

type Way = vscode.QuickPickItem & { readonly add: () => Promise<string | undefined> };

/** Resolves with the entry that was added last, `undefined` where none was. */
export async function addModel(parts: AddModelParts): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const ways: Way[] = [
    { label: t("$(file) Choose Files…"), detail: t("GGUF files on this machine"), add: () => addFiles(parts.engine) },
    {
      label: t("$(link) Enter an Address…"),
      detail: t("a file of the Hugging Face Hub, or any other address"),
      add: async () => addSource(await askAddress(parts.hub, new AbortController().signal)),
    },
    { label: t("$(search) Search the Hugging Face Hub…"), add: async () => addSource(await find(parts.hub)) },
  ];
  const way = await vscode.window.showQuickPick(ways, { title: t("Add Model"), ignoreFocusOut: true });
  return way?.add();
}

/** A file of the Hub, and what to do with it. */
export async function searchForModel(parts: AddModelParts): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const source = await find(parts.hub);
  if (source === undefined) {
    return undefined;
  }
  const title = fileName(source);
  const download = t("$(cloud-download) Download");
  const header = t("$(info) Show Its Header First");
  const add = t("$(add) Add to the Models View");
  switch (await vscode.window.showQuickPick([download, header, add], { title, ignoreFocusOut: true })) {
    case download:
      await parts.downloads.start(source, title);
      return undefined;
    case header:
      await parts.showHeader(source, title);
      return addSource(source);
    case add:
      return addSource(source);
    default:
      return undefined;
  }
}

export async function removeEntry(entry: string): Promise<void> {
  await saveCustomModels(readSettings().customModels.filter((one) => one !== entry));
}

function find(hub: Hub): Promise<ModelSource | undefined> {
  return searchHub(hub, new AbortController().signal);
}

async function addSource(source: ModelSource | undefined): Promise<string | undefined> {
  return source === undefined ? undefined : addEntry(formatModelSpec(source));
}

/** Each is looked at first: what is no model is told, and not added. */
async function addFiles(engine: AddModelParts["engine"]): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const files = await vscode.window.showOpenDialog({
    title: t("Select models in GGUF format"),
    openLabel: t("Add"),
    canSelectMany: true,
    filters: { [t("GGUF models")]: ["gguf"], [t("All files")]: ["*"] },
  });
  let added: string | undefined;
  for (const { fsPath } of files ?? []) {
    try {
      await engine.inspectModel(fsPath, new AbortController().signal);
      added = await addEntry(fsPath);
    } catch (error) {
      void notifyError(error);
    }
  }
  return added;
}

/** What is in the setting already is not added again, however it was written. */
async function addEntry(entry: string): Promise<string> {
  const entries = readSettings().customModels;
  const known = customModels([...entries, entry]);
  if (known.some((custom) => custom.entry === entry)) {
    await saveCustomModels(known.map((custom) => custom.entry));
  }
  return entry;
}

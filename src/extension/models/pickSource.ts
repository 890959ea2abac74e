/** Asks which model to download: one of the catalogue, with how it would run here; one found on the Hub; or an address. */
import * as vscode from "vscode";
import { EngineError } from "../../protocol/engineErrors";
import { parseModelSpec } from "../../protocol/modelSpec";
import type { ModelSource } from "../../protocol/models";
import { errorText } from "../errorText";
import type { Hub } from "./hub";
import { gigabytes, offerDetail, offerGroups, offerSize } from "./offerText";

interface Choice extends vscode.QuickPickItem {
  readonly source?: ModelSource;
  readonly other?: "search" | "address";
}

/** `undefined` where the user chose nothing. Rejects with what the hub or the engine says. */
export async function pickSource(hub: Hub, signal: AbortSignal): Promise<ModelSource | undefined> {
  const chosen = await vscode.window.showQuickPick<Choice>(catalogueChoices(hub, signal), {
    title: vscode.l10n.t("Download Model"),
    placeHolder: vscode.l10n.t("Models for this machine as it is now; speeds are estimates"),
    matchOnDescription: true,
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  switch (chosen?.other) {
    case "search":
      return searchHub(hub, signal);
    case "address":
      return askAddress(hub, signal);
    case undefined:
      return chosen?.source;
  }
}

/** What is recommended, then the ways to other models, which nobody would find behind the long rest of the catalogue. */
async function catalogueChoices(hub: Hub, signal: AbortSignal): Promise<readonly Choice[]> {
  const { t } = vscode.l10n;
  const [first, ...rest] = offerGroups((await hub.offers(signal)).offers, t).map(({ title, offers }): Choice[] => [
    separator(title),
    ...offers.map((offer) => ({
      label: offer.name,
      description: offerSize(offer),
      detail: offerDetail(offer, t),
      source: offer.source,
    })),
  ]);
  return [
    ...(first ?? []),
    separator(t("other models")),
    { label: t("$(search) Search the Hugging Face Hub…"), other: "search" },
    { label: t("$(link) Enter an Address…"), other: "address" },
    ...rest.flat(),
  ];
}

/** Asks for words, a repository and a file; `undefined` where the user chose nothing. */
export async function searchHub(hub: Hub, signal: AbortSignal): Promise<ModelSource | undefined> {
  const { t } = vscode.l10n;
  const query = await vscode.window.showInputBox({
    title: t("Search the Hugging Face Hub"),
    prompt: t("Words of a model's name; only repositories with GGUF files are listed"),
    placeHolder: "codellama 7b",
    ignoreFocusOut: true,
  });
  if (query === undefined) {
    return undefined;
  }
  const repos = hub.search(query, signal).then((found) =>
    found.map(({ repo, downloads, gated }) => ({
      label: repo,
      description: gated
        ? t("{0} downloads · access is granted by its authors", downloads)
        : t("{0} downloads", downloads),
    })),
  );
  const title = t("Repositories for “{0}”", query);
  const repo = (await vscode.window.showQuickPick(repos, { title, ignoreFocusOut: true }))?.label;
  if (repo === undefined) {
    return undefined;
  }
  const files = hub
    .files(repo, undefined, signal)
    .then((listed) =>
      listed.map(({ file, bytes, sha256 }) => ({ label: file, description: gigabytes(bytes), sha256 })),
    );
  const file = await vscode.window.showQuickPick(files, { title: repo, ignoreFocusOut: true });
  return file && { kind: "hub", repo, file: file.label, ...(file.sha256 === undefined ? {} : { sha256: file.sha256 }) };
}

export async function askAddress(hub: Hub, signal: AbortSignal): Promise<ModelSource | undefined> {
  const { t } = vscode.l10n;
  const { endpoint } = await hub.facts(signal); // addresses of a mirror's pages mean its files too
  const spec = await vscode.window.showInputBox({
    title: t("Download Model"),
    prompt: t("A GGUF file of the Hugging Face Hub, or its address"),
    placeHolder: "hf:TheBloke/Llama-2-7B-Chat-GGUF/llama-2-7b-chat.Q4_K_M.gguf",
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === "" ? undefined : problemOf(text, endpoint)),
  });
  return spec === undefined || spec.trim() === "" ? undefined : parseModelSpec(spec, endpoint);
}

function separator(label: string): Choice {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function problemOf(text: string, endpoint: string): string | undefined {
  try {
    parseModelSpec(text, endpoint);
    return undefined;
  } catch (error) {
    return error instanceof EngineError ? errorText(error, vscode.l10n.t) : String(error);
  }
}

/** The commands on models that can be downloaded, and on downloads. */
import * as vscode from "vscode";
import { formatModelSpec } from "../../protocol/modelSpec";
import { CommandIds } from "../contributions";
import type { Models } from "../models/models";
import { fileSize } from "../modelSummary";
import { removeEntry } from "./addModel";
import type { ModelNode, Subject } from "./modelNode";
import type { ModelsFeed } from "./modelsFeed";
import type { NodeCommands } from "./nodeCommand";
import { fileName } from "./words";

export interface DownloadCommandParts {
  readonly models: Models;
  readonly feed: ModelsFeed;
}

export function downloadCommands(parts: DownloadCommandParts, commands: NodeCommands) {
  return {
    [CommandIds.downloadListedModel]: commands.on("download", (node) => download(parts, node)),
    [CommandIds.cancelDownload]: commands.on("cancel", ({ subject }) => {
      cancel(parts, subject);
    }),
    [CommandIds.resumeDownload]: commands.on("resume", ({ subject }) =>
      subject.kind === "unfinished" ? parts.models.downloads.start(subject.source, subject.title) : undefined,
    ),
    [CommandIds.discardDownload]: commands.on("discard", ({ subject }) => discard(parts, subject)),
    [CommandIds.removeModelEntry]: commands.on("removeEntry", ({ subject }) => {
      const entry = entryOf(subject);
      return entry === undefined ? undefined : removeEntry(entry);
    }),
  };
}

async function download({ models }: DownloadCommandParts, { subject }: ModelNode): Promise<void> {
  if (subject.kind === "offer") {
    const { source, name, quantization } = subject.offer;
    await models.downloads.start(source, `${name} ${quantization}`);
  } else if (subject.kind === "custom" && subject.custom.kind === "remote") {
    await models.downloads.start(subject.custom.source, fileName(subject.custom.source));
  }
}

function cancel({ models }: DownloadCommandParts, subject: Subject): void {
  if (subject.kind === "running") {
    const spec = formatModelSpec(subject.source);
    models.downloads.running.find(({ source }) => formatModelSpec(source) === spec)?.cancel();
  }
}

async function discard({ models, feed }: DownloadCommandParts, subject: Subject): Promise<void> {
  if (subject.kind === "unfinished" && (await wantsToDiscard(subject.title))) {
    const freed = await models.hub.discardPartial(subject.source, new AbortController().signal);
    feed.invalidate();
    void vscode.window.showInformationMessage(vscode.l10n.t("{0} are free again.", fileSize(freed)));
  }
}

async function wantsToDiscard(title: string): Promise<boolean> {
  const { t } = vscode.l10n;
  const discarding = t("Discard");
  const answer = await vscode.window.showWarningMessage(
    t("Discard what has come of {0}?", title),
    { modal: true, detail: t("The next download begins again.") },
    discarding,
  );
  return answer === discarding;
}

function entryOf(subject: Subject): string | undefined {
  switch (subject.kind) {
    case "installed":
      return subject.entry;
    case "custom":
      return subject.custom.entry;
    default:
      return undefined;
  }
}

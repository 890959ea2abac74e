/** Rows of downloads: those that run, those that wait, and those that can be gone on with. Pure. */
import { formatModelSpec } from "../../protocol/modelSpec";
import type { UnfinishedDownload } from "../../protocol/models";
import { fileSize } from "../modelSummary";
import { progressText } from "../models/progressText";
import type { ModelsFacts, ShownDownload } from "./facts";
import { markdownCode } from "./markdown";
import type { ModelNode, NodeIcon } from "./modelNode";
import { fileName, isSameSource } from "./words";

export function downloadNodes(facts: ModelsFacts): readonly ModelNode[] {
  const isRunning = ({ source }: UnfinishedDownload): boolean =>
    facts.running.some((download) => isSameSource(download.source, source));
  return [
    ...facts.running.map((download) => runningNode(download, facts)),
    ...facts.unfinished.filter((download) => !isRunning(download)).map((download) => unfinishedNode(download, facts)),
  ];
}

function runningNode({ source, title, progress }: ShownDownload, { translate }: ModelsFacts): ModelNode {
  return {
    id: `running:${formatModelSpec(source)}`,
    subject: { kind: "running", source, title },
    label: title,
    description: progressText(progress, translate),
    tooltip: markdownCode(formatModelSpec(source)),
    icon: RUNNING_ICONS[progress.phase],
    iconMeaning: progress.phase === "queued" ? "" : translate("downloading"),
    actions: ["cancel"],
  };
}

const RUNNING_ICONS: Readonly<Record<ShownDownload["progress"]["phase"], NodeIcon>> = {
  queued: { id: "clock" },
  checking: { id: "loading~spin" },
  downloading: { id: "cloud-download" },
  verifying: { id: "loading~spin" },
  shared: { id: "cloud-download" },
};

function unfinishedNode({ source, bytes, totalBytes, running }: UnfinishedDownload, facts: ModelsFacts): ModelNode {
  const { translate } = facts;
  const percent = totalBytes === 0 ? 0 : Math.floor((100 * bytes) / totalBytes);
  const state = running ? translate("another window downloads it") : translate("stopped at {0} %", percent);
  const title = offerTitle(source, facts) ?? fileName(source);
  return {
    id: `unfinished:${formatModelSpec(source)}`,
    subject: { kind: "unfinished", source, title },
    label: title,
    description: `${state} · ${translate("{0} of {1}", fileSize(bytes), fileSize(totalBytes))}`,
    tooltip: markdownCode(formatModelSpec(source)),
    icon: { id: running ? "cloud-download" : "debug-pause" },
    actions: running ? [] : ["resume", "discard"],
  };
}

/** As the catalogue calls it. */
function offerTitle(source: UnfinishedDownload["source"], { offers }: ModelsFacts): string | undefined {
  const offer = offers?.offers.find((one) => isSameSource(one.source, source));
  return offer && `${offer.name} ${offer.quantization}`;
}

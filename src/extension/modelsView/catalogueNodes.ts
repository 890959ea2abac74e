/** Rows of the catalogue: a model each, with its files below it where it has several. Pure. */
import type { Translate } from "../../base/localize";
import type { ModelOffer } from "../../protocol/modelOffers";
import { formatModelSpec } from "../../protocol/modelSpec";
import { abilities, gigabytes, offerSize } from "../models/offerText";
import type { ModelsFacts } from "./facts";
import { fitIcon, fitSentence, fitWords, speedClass } from "./fitText";
import { escapeMarkdown, markdownCode } from "./markdown";
import type { ModelNode } from "./modelNode";
import { isSameSource } from "./words";

/** What is recommended first, then in the order of the offers; without what is here or on its way. */
export function catalogueNodes(facts: ModelsFacts): readonly ModelNode[] {
  const { offers, translate } = facts;
  const missing = (offers?.offers ?? []).filter((offer) => !isHere(offer, facts));
  const byName = new Map<string, ModelOffer[]>();
  for (const offer of [...missing.filter(isRecommended), ...missing.filter((offer) => !isRecommended(offer))]) {
    byName.set(offer.name, [...(byName.get(offer.name) ?? []), offer]);
  }
  return [...byName.values()].flatMap((files) => {
    const best = bestOf(files);
    return best === undefined ? [] : [modelNode(best, files, translate)];
  });
}

function isHere({ source }: ModelOffer, { installed, running, unfinished }: ModelsFacts): boolean {
  return (
    installed.some(
      (model) =>
        model.problem === undefined &&
        ((model.source !== undefined && isSameSource(model.source, source)) ||
          (model.sha256 !== undefined && model.sha256 === source.sha256)),
    ) || [...running, ...unfinished].some((download) => isSameSource(download.source, source))
  );
}

function isRecommended({ recommended }: ModelOffer): boolean {
  return recommended.chat || recommended.completion;
}

/** What is recommended, else the usual quantisation where it runs as well as the first, else the first. */
function bestOf(files: readonly ModelOffer[]): ModelOffer | undefined {
  const [first] = files;
  const usual = files.find(({ quantization, fit }) => quantization === USUAL && fit.kind === first?.fit.kind);
  return files.find(isRecommended) ?? usual ?? first;
}

/** What is best between size and quality in the family's own measurements. */
const USUAL = "Q4_K_M";

/** The row of a model offers its best file for this machine. */
function modelNode(best: ModelOffer, files: readonly ModelOffer[], translate: Translate): ModelNode {
  const row = offerNode(best, best.name, translate);
  return {
    ...row,
    id: `model:${best.name}`,
    ...(files.length === 1 ? {} : { children: files.map((offer) => offerNode(offer, offer.quantization, translate)) }),
  };
}

function offerNode(offer: ModelOffer, label: string, translate: Translate): ModelNode {
  const { fit, recommended } = offer;
  const uses = [
    ...(recommended.chat ? [translate("recommended for chat")] : []),
    ...(recommended.completion ? [translate("recommended for completion")] : []),
  ];
  const speed = speedClass(fit, translate);
  const size = label === offer.quantization ? gigabytes(offer.bytes) : offerSize(offer);
  return {
    id: `offer:${formatModelSpec(offer.source)}`,
    subject: { kind: "offer", offer },
    label,
    description: [...uses, fitWords(fit.kind, translate), speed, size].filter((text) => text !== "").join(" · "),
    tooltip: offerTooltip(offer, uses, translate),
    icon: isRecommended(offer) ? { id: "star-full", color: "charts.yellow" } : fitIcon(fit.kind),
    actions: ["download", "header"],
  };
}

function offerTooltip(offer: ModelOffer, uses: readonly string[], translate: Translate): string {
  const { name, fit, licence, source } = offer;
  return [
    `**${escapeMarkdown(name)}** ${escapeMarkdown(offerSize(offer))}`,
    ...uses.map((use) => `$(star-full) ${escapeMarkdown(use)}`),
    escapeMarkdown(abilities(offer, translate)),
    escapeMarkdown(fitSentence(fit, translate)),
    escapeMarkdown(
      licence === "llama2"
        ? translate("Llama 2 Community License; you are asked to accept it before the download.")
        : translate("Apache License 2.0"),
    ),
    markdownCode(formatModelSpec(source)),
  ].join("\n\n");
}

/** The catalogue's offers in words, grouped by how they would run on this machine. Pure. */
import type { Translate } from "../../base/localize";
import type { FitKind, ModelFit, ModelOffer } from "../../protocol/modelOffers";

export interface OfferGroup {
  readonly title: string;
  readonly offers: readonly ModelOffer[];
}

/** Best first; what is recommended stands only in the first group. */
export function offerGroups(offers: readonly ModelOffer[], translate: Translate): readonly OfferGroup[] {
  const isRecommended = ({ recommended }: ModelOffer): boolean => recommended.chat || recommended.completion;
  const ofKind = (kind: FitKind): readonly ModelOffer[] =>
    offers.filter((offer) => offer.fit.kind === kind && !isRecommended(offer));
  return [
    { title: translate("recommended for this machine"), offers: offers.filter(isRecommended) },
    { title: translate("fits the graphics card"), offers: ofKind("gpu") },
    { title: translate("partly on the graphics card"), offers: ofKind("partly") },
    { title: translate("on the CPU"), offers: ofKind("cpu") },
    { title: translate("needs more memory than there is"), offers: ofKind("none") },
  ].filter((group) => group.offers.length > 0);
}

/** e.g. "Q4_K_M · 4.1 GB" */
export function offerSize({ quantization, bytes }: ModelOffer): string {
  return `${quantization} · ${gigabytes(bytes)}`;
}

/** What it is for, what memory it takes, and how fast it may be. */
export function offerDetail(offer: ModelOffer, translate: Translate): string {
  const { fit, recommended } = offer;
  const best = [
    ...(recommended.chat ? [translate("best for chat here")] : []),
    ...(recommended.completion ? [translate("best for completion here")] : []),
  ];
  return [...best, abilities(offer, translate), memoryText(fit, translate), speedText(fit.tokensPerSecond, translate)]
    .filter((text) => text !== "")
    .join(" · ");
}

export function abilities({ capabilities, code }: ModelOffer, translate: Translate): string {
  const { chat, infill } = capabilities;
  if (chat) {
    return infill ? translate("chats, and completes with the code around the cursor") : translate("chats");
  }
  if (infill) {
    return translate("completes with the code around the cursor");
  }
  return code ? translate("completes code from what stands before the cursor") : translate("continues text");
}

export function memoryText(fit: ModelFit, translate: Translate): string {
  const needed = gigabytes(fit.neededBytes);
  return fit.kind === "partly"
    ? translate("needs {0}, {1} of {2} layers on the graphics card", needed, fit.gpuLayers, fit.totalLayers)
    : translate("needs {0}", needed);
}

/** A rough figure, because it is an estimate; "" where there is none. */
export function speedText(tokensPerSecond: number | undefined, translate: Translate): string {
  if (tokensPerSecond === undefined) {
    return "";
  }
  if (tokensPerSecond < 1) {
    return translate("less than 1 token/s");
  }
  const rounded = tokensPerSecond < 10 ? Math.round(tokensPerSecond) : Math.round(tokensPerSecond / 5) * 5;
  return translate("about {0} tokens/s", rounded);
}

/** Of a file, as shops of disks count them. */
export function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

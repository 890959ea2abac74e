/** How a model would run here, as badge and in words. Pure. */
import type { Translate } from "../../base/localize";
import type { FitKind, ModelFit, ModelOffers } from "../../protocol/modelOffers";
import { gigabytes, memoryText, speedText } from "../models/offerText";
import type { NodeIcon } from "./modelNode";

/** A full, a half and an empty circle, and a crossed one: told apart without their colours. */
export function fitIcon(kind: FitKind): NodeIcon {
  switch (kind) {
    case "gpu":
      return { id: "circle-filled", color: "charts.green" };
    case "partly":
      return { id: "color-mode", color: "charts.yellow" };
    case "cpu":
      return { id: "circle-large", color: "charts.blue" };
    case "none":
      return { id: "circle-slash", color: "disabledForeground" };
  }
}

export function fitWords(kind: FitKind, translate: Translate): string {
  switch (kind) {
    case "gpu":
      return translate("fits on the GPU");
    case "partly":
      return translate("partly on the GPU");
    case "cpu":
      return translate("CPU only");
    case "none":
      return translate("does not fit");
  }
}

/** "" where it does not run. People read about six tokens a second. */
export function speedClass({ tokensPerSecond }: ModelFit, translate: Translate): string {
  if (tokensPerSecond === undefined) {
    return "";
  }
  if (tokensPerSecond >= 20) {
    return translate("fast");
  }
  if (tokensPerSecond >= 6) {
    return translate("at reading speed");
  }
  return tokensPerSecond >= 2 ? translate("slow") : translate("very slow");
}

/** e.g. "partly on the GPU: needs 9.1 GB, 20 of 33 layers on the graphics card, about 8 tokens/s" */
export function fitSentence(fit: ModelFit, translate: Translate): string {
  const facts = [memoryText(fit, translate), speedText(fit.tokensPerSecond, translate)].filter((text) => text !== "");
  return `${fitWords(fit.kind, translate)}: ${facts.join(", ")}`;
}

/** What the machine has, for the heading of the catalogue. */
export function machineText({ availableBytes, graphics }: ModelOffers["machine"], translate: Translate): string {
  const memory = translate("{0} of memory free", gigabytes(availableBytes));
  return graphics === undefined
    ? memory
    : `${translate("{0}, {1} free", graphics.name, gigabytes(graphics.freeBytes))} · ${memory}`;
}

/** What a model file is and can do, in words. Pure. */
import type { ModelDescription } from "../protocol/engine";
import type { Translate } from "../base/localize";

/** e.g. "llama, Q4_K_M, 3.9 GB, trained context of 4096 tokens" */
export function modelFacts(model: ModelDescription, translate: Translate): string {
  return translate(
    "{0}, {1}, {2}, trained context of {3} tokens",
    model.architecture,
    model.quantization,
    fileSize(model.bytes),
    model.trainedContext,
  );
}

export function chatAbility({ capabilities, promptFormat }: ModelDescription, translate: Translate): string {
  if (!capabilities.chat) {
    return translate("not trained to chat: answers will be poor");
  }
  return promptFormat === "llama2"
    ? translate("chats in the Llama 2 format")
    : translate("chats in the format of its own template");
}

export function completionAbility({ capabilities }: ModelDescription, translate: Translate): string {
  return capabilities.infill
    ? translate("sees the code before and after the cursor")
    : translate("sees only the code before the cursor (no infill tokens)");
}

/** Sentences about what may go wrong; "" where nothing does. What a model cannot do is said with what it can. */
export function modelWarnings({ warnings, architecture, part }: ModelDescription, translate: Translate): string {
  const sentences = warnings.map((warning): string => {
    switch (warning) {
      case "otherArchitecture":
        return translate("Not a Llama model ({0}): it may not work well here.", architecture);
      case "noRopeBase":
        return translate(
          "An old conversion without rope base: suggestions get worse the more code they see. Get a newer file.",
        );
      case "noInfill":
      case "notForChat":
        return "";
    }
  });
  const piece =
    part === undefined
      ? ""
      : translate("Part {0} of {1}: all parts have to lie in the same folder.", part.index, part.count);
  return [...sentences, piece].filter((sentence) => sentence !== "").join(" ");
}

/** e.g. "3.9 GB", "4.2 MB" */
export function fileSize(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

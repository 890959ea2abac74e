/** Which models come under the Llama 2 licence, and what is shown of it. Pure. */
import { createHash } from "node:crypto";
import type { Licence, ModelSource } from "../../protocol/models";

export const LICENCE_PAGE = "https://ai.meta.com/llama/license/";
export const USE_POLICY_PAGE = "https://ai.meta.com/llama/use-policy/";

/** The attribution that the licence asks for (section 1.b.iii). */
const NOTICE =
  "Llama 2 is licensed under the LLAMA 2 Community License, Copyright (c) Meta Platforms, Inc. All Rights Reserved.";

/** The text to accept, and its sum. */
export interface LicenceToAccept {
  readonly text: string;
  readonly sha256: string;
}

/** `undefined` where nothing has to be accepted. */
export function licenceToAccept(source: ModelSource, licence: Licence | undefined): LicenceToAccept | undefined {
  if (!isLlama2(source, licence?.id)) {
    return undefined;
  }
  const texts = licence?.texts ?? [];
  const text =
    texts.length === 0
      ? [NOTICE, `Licence: ${LICENCE_PAGE}`, `Acceptable Use Policy: ${USE_POLICY_PAGE}`].join("\n\n")
      : texts
          .map(({ file, text: content }) => `${file}\n${"=".repeat(file.length)}\n\n${content.trim()}`)
          .join("\n\n\n");
  return { text, sha256: licence?.sha256 ?? createHash("sha256").update(text).digest("hex") };
}

/** The model card's word counts; where it says nothing the name does. */
function isLlama2(source: ModelSource, said: string | undefined): boolean {
  const name = source.kind === "hub" ? `${source.repo}/${source.file}` : source.url;
  const unclear = said === undefined || said === "other" || said === "unknown";
  return said === "llama2" || (unclear && /llama[-_. ]?2|code[-_ ]?llama/i.test(name));
}

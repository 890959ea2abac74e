/** The keys of a prompt file's front matter: what each takes, and what it is for. */
import type { Sampling } from "../../protocol/sampling";
import type { Translate } from "../../base/localize";

export const KEYS = ["name", "description", "needsSelection", "sampling"] as const;
export type Key = (typeof KEYS)[number];

/** The keys below `sampling`, with the limits that the inference process has. */
export const SAMPLING_KEYS: Readonly<
  Record<keyof Sampling, { readonly whole: boolean; readonly min: number; readonly max: number }>
> = {
  maxTokens: { whole: true, min: 1, max: 4096 },
  temperature: { whole: false, min: 0, max: 4 },
  topP: { whole: false, min: 0.05, max: 1 },
  topK: { whole: true, min: 1, max: 1000 },
  repeatPenalty: { whole: false, min: 1, max: 2 },
  seed: { whole: true, min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER },
};

export function isKey(key: string): key is Key {
  return KEYS.some((known) => known === key);
}

export function isSamplingKey(key: string): key is keyof Sampling {
  return Object.hasOwn(SAMPLING_KEYS, key);
}

/** What a key is for, in one sentence. */
export function keyDescription(key: Key | keyof Sampling, translate: Translate): string {
  switch (key) {
    case "name":
      return translate("What is typed after / in the chat.");
    case "description":
      return translate("What the list of commands says about it.");
    case "needsSelection":
      return translate("true: the selected code goes with the question, or the function around the cursor.");
    case "sampling":
      return translate("How the answer is drawn, where it differs from your settings.");
    case "maxTokens":
      return translate("Longest answer, in tokens.");
    case "temperature":
      return translate("How freely the next token is drawn; 0 is repeatable.");
    case "topP":
      return translate("Draws from the most probable tokens that together have this probability.");
    case "topK":
      return translate("Draws from this many of the most probable tokens.");
    case "repeatPenalty":
      return translate("Makes recent tokens less probable; 1 is no penalty.");
    case "seed":
      return translate("A whole number makes the answer repeatable.");
  }
}

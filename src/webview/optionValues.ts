/** What a conversation changes of the settings, from what the user enters. Pure. */
import { SAMPLING_RANGES, type ConversationOptions, type Sampling } from "../protocol/chatView";

export interface OptionChanges {
  readonly sampling: Partial<Sampling>;
  readonly systemPrompt?: string;
}

/** Whether anything differs from the settings. */
export function differs(options: ConversationOptions): boolean {
  const { sampling, systemPrompt } = changesOf(options);
  return systemPrompt !== undefined || Object.keys(sampling).length > 0;
}

/** What differs from the settings; `systemPrompt` absent where it does not. */
export function changesOf({ sampling, systemPrompt, defaults }: ConversationOptions): OptionChanges {
  const unchanged = new Map(Object.entries(defaults.sampling));
  const changed = Object.fromEntries(Object.entries(sampling).filter(([key, value]) => value !== unchanged.get(key)));
  return { sampling: changed, ...(systemPrompt === defaults.systemPrompt ? {} : { systemPrompt }) };
}

export type RangedKey = keyof typeof SAMPLING_RANGES;

/** A number as it was typed, moved into its range; `undefined` for what is no number. */
export function parseValue(key: RangedKey, text: string): number | undefined {
  const value = Number(text.trim().replace(",", "."));
  if (text.trim() === "" || !Number.isFinite(value)) {
    return undefined;
  }
  const { min, max, whole } = SAMPLING_RANGES[key];
  const inRange = Math.min(max, Math.max(min, value));
  return whole ? Math.round(inRange) : inRange;
}

/** `null` (a new seed for each answer) for no text; `undefined` for what is no whole number. */
export function parseSeed(text: string): number | null | undefined {
  const trimmed = text.trim();
  return trimmed === "" ? null : /^\d{1,10}$/.test(trimmed) ? Math.min(Number(trimmed), 0xffffffff) : undefined;
}

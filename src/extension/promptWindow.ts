/** How long a prompt may be: counted by the model's tokenizer where a model is in memory, estimated from the settings before. */
import { estimateTokens } from "../base/estimateTokens";
import type { ChatTurn } from "../protocol/engine";
import type { Sampling } from "../protocol/sampling";
import type { Engine } from "./engineApi";
import type { LabelledCode } from "./labelledCode";

export interface PromptWindowParts {
  readonly engine: Pick<Engine, "state" | "countTokens">;
  readonly settings: () => {
    readonly systemPrompt: string;
    readonly sampling: Sampling;
    readonly contextSize: number;
  };
}

export interface PromptWindow {
  /** Tokens that a prompt may have, for who can only estimate them. */
  readonly roomTokens: number;
  /** By how many tokens a prompt is too long; 0 or less where it fits, undefined while no model is in memory. */
  readonly excess: (prompt: string) => Promise<number | undefined>;
}

/** What the format of a conversation adds to what is said, and some attachments' names. */
const FORMAT_TOKENS = 64;

export function promptWindow(
  { engine, settings }: PromptWindowParts,
  sampling: Partial<Sampling>,
  attachments: readonly LabelledCode[],
): PromptWindow {
  const { systemPrompt, contextSize, sampling: defaults } = settings();
  const { state } = engine;
  const model = state.kind === "running" && state.models.chat.kind === "ready" ? state.models.chat.model : undefined;
  const contextTokens = model?.contextSize ?? contextSize;
  const answerTokens = Math.min(sampling.maxTokens ?? defaults.maxTokens, Math.floor(contextTokens / 4));
  const system: readonly ChatTurn[] = systemPrompt === "" ? [] : [{ role: "system", content: systemPrompt }];
  return {
    roomTokens: contextTokens - answerTokens - FORMAT_TOKENS - estimateTokens(systemPrompt),
    excess: async (content) => {
      if (model === undefined) {
        return undefined;
      }
      const turns: readonly ChatTurn[] = [...system, { role: "user", content, attachments }];
      const counts = await engine.countTokens({ turns, sampling }, new AbortController().signal);
      return counts === null ? undefined : counts.promptTokens - (counts.contextTokens - counts.answerTokens);
    },
  };
}

/** Collects the events of a generation. */
import { EngineError } from "../protocol/engineErrors";
import type { FinishReason } from "../protocol/engine";
import type { GenerateRequest, GenerationUsage, LanguageModel } from "./engine/engine";

export interface Generated {
  readonly text: string;
  readonly finishReason: FinishReason;
  readonly usage: GenerationUsage;
}

/** Runs a generation to its end. `onText` gets each piece as it comes. */
export async function generate(
  model: LanguageModel,
  request: GenerateRequest,
  signal: AbortSignal,
  onText: (text: string) => void = () => undefined,
): Promise<Generated> {
  let text = "";
  for await (const event of model.generate(request, signal)) {
    if (event.kind === "end") {
      return { text, finishReason: event.finishReason, usage: event.usage };
    }
    text += event.text;
    onText(event.text);
  }
  throw new EngineError({ code: "generationFailed", detail: "the engine gave no end of the answer" });
}

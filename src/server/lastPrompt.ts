/** Remembers the last request's prompt and figures, for "Show Last Prompt". The text is made only when it is asked for. */
import { promptText } from "../prompt/encode";
import type { Vocabulary } from "../prompt/tokenizer";
import type { GenerationFigures, LastPrompt } from "../protocol/engine";

export class LastPromptRecord {
  private read: () => LastPrompt | null = () => null;

  /** Remembers a prompt; what is returned takes its figures when they are there. */
  record(
    request: LastPrompt["request"],
    tokens: readonly number[],
    vocabulary: Vocabulary,
  ): { answered: (figures: GenerationFigures) => void } {
    let figures: GenerationFigures | undefined;
    this.read = () => ({
      request,
      text: promptText(tokens, vocabulary),
      tokens: tokens.length,
      ...(figures === undefined ? {} : { figures }),
    });
    return {
      answered: (value) => {
        figures = value;
      },
    };
  }

  /** Forgets it: the model whose vocabulary spells the tokens is unloaded. */
  clear(): void {
    this.read = () => null;
  }

  show(): LastPrompt | null {
    return this.read();
  }
}

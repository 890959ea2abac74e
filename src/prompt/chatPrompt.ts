/** The one way from a conversation to a prompt: chooses the format, and writes the turns in it. */
import type { ChatTurn, PromptFormat } from "../protocol/engine";
import { dialogOf } from "./dialog";
import { llama2Segments } from "./llama2Chat";
import type { Segment } from "./segments";
import { templateSegments, type ChatTemplate } from "./templateChat";

/**
 * The prompt that asks for the answer to the last turn. Throws `DialogError` where turns are out of order, and what the
 * template throws. Without a template the format is Llama 2's.
 */
export function chatSegments(
  turns: readonly ChatTurn[],
  format: PromptFormat,
  template: ChatTemplate | undefined,
): Segment[] {
  const dialog = dialogOf(turns);
  return format === "llama2" || template === undefined ? llama2Segments(dialog) : templateSegments(dialog, template);
}

/**
 * The format of a model, from the chat template in its header. Llama 2's own format is not rendered from the template:
 * templates give other tokens than the reference for several turns. A model without a template is prompted like Llama 2.
 */
export function promptFormatOf(template: string | undefined): PromptFormat {
  return template === undefined || (template.includes("[INST]") && template.includes("<<SYS>>"))
    ? "llama2"
    : "template";
}

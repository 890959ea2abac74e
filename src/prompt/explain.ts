/** The question that Explain Selection asks. */
import type { Attachment, UserTurn } from "../protocol/engine";

/** A turn that asks for an explanation of a piece of code. It stands in the conversation afterwards, as it was asked. */
export function explainQuestion(attachment: Attachment): UserTurn {
  return {
    role: "user",
    content:
      "Explain this code. Say first in one sentence what it is for, then go through it step by step, " +
      "and point out anything that is surprising or looks like a mistake.",
    attachments: [attachment],
  };
}

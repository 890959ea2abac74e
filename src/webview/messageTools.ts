/** The buttons of a message: shown while the pointer or the keyboard focus is on it, and on the last one always. */
import { html, nothing, type TemplateResult } from "lit";
import type { ViewAnswer, ViewQuestion } from "../protocol/chatView";
import { ActionEvent, onUse } from "./actions";
import { iconButton } from "./icons";
import { strings } from "./strings";

export interface MessagePlace {
  readonly isLast: boolean;
  /** An answer is being written: nothing can be changed. */
  readonly busy: boolean;
  /** It will be dropped when the question that is being edited is asked again. */
  readonly isDropped?: boolean;
}

/** Undo (of the last one), Edit and Delete. */
export function questionTools(question: ViewQuestion, { isLast, busy }: MessagePlace): TemplateResult {
  const { id: messageId, text, attachments } = question;
  const edit = { messageId, text, attachments: attachments.map((_, index) => index) };
  return html`<div class="tools">
    ${
      isLast
        ? iconButton({ icon: "discard", label: strings.undo, disabled: busy, onClick: onUse({ type: "undo" }) })
        : nothing
    }
    ${iconButton({ icon: "edit", label: strings.edit, disabled: busy, onClick: onUse({ type: "edit", edit }) })}
    ${iconButton({
      icon: "trash",
      label: strings.deletePair,
      disabled: busy,
      onClick: onUse({ type: "deleteExchange", messageId }),
    })}
  </div>`;
}

/** Copy, and Retry of the last one. Nothing while the answer has no text and may get some. */
export function answerTools({ text }: ViewAnswer, { isLast, busy }: MessagePlace): TemplateResult {
  return html`<div class="tools">
    ${
      isLast
        ? iconButton({ icon: "refresh", label: strings.retry, disabled: busy, onClick: onUse({ type: "retry" }) })
        : nothing
    }
    ${
      text === ""
        ? nothing
        : iconButton({ icon: "copy", label: strings.copyAnswer, onClick: onUse({ type: "copy", code: text }) })
    }
  </div>`;
}

/** A focused question is edited by Enter and deleted by Delete, as rows of VS Code's lists are. */
export function questionKeys(question: ViewQuestion, { busy }: MessagePlace): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.target !== event.currentTarget || busy) {
      return;
    }
    const { id: messageId, text, attachments } = question;
    if (event.key === "Enter" || event.key === "F2") {
      event.preventDefault();
      const edit = { messageId, text, attachments: attachments.map((_, index) => index) };
      event.currentTarget?.dispatchEvent(new ActionEvent({ type: "edit", edit }));
    } else if (event.key === "Delete") {
      event.preventDefault();
      event.currentTarget?.dispatchEvent(new ActionEvent({ type: "deleteExchange", messageId }));
    }
  };
}

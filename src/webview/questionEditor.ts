/** A question that is being edited in its place: Enter asks it again, Escape leaves it as it was. */
import "@vscode-elements/elements/dist/vscode-button/index.js";
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { createRef, ref } from "lit/directives/ref.js";
import type { ViewQuestion } from "../protocol/chatView";
import { ActionEvent } from "./actions";
import { editedChips } from "./chips";
import { LightElement } from "./lightElement";
import type { QuestionEdit } from "./savedState";
import { strings } from "./strings";

export class QuestionEditor extends LightElement {
  static override properties = {
    question: { attribute: false },
    edit: { attribute: false },
    busy: { attribute: false },
    isLast: { attribute: false },
  };

  declare question: ViewQuestion;
  declare edit: QuestionEdit;
  /** An answer is being written: nothing can be asked now. */
  declare busy: boolean;
  /** Nothing follows its answer that asking again would drop. */
  declare isLast: boolean;
  private readonly box = createRef<HTMLTextAreaElement>();

  protected override render(): TemplateResult {
    const { text, attachments } = this.edit;
    const isBlank = text.trim() === "" && attachments.length === 0;
    return html`<article class="question editing" aria-label=${strings.editing}>
      ${editedChips(this.question.attachments, attachments, this.removeAttachment)}
      <textarea
        rows="1"
        dir="auto"
        aria-label=${strings.editing}
        .value=${live(text)}
        @input=${this.onInput}
        @keydown=${this.onKeyDown}
        ${ref(this.box)}
      ></textarea>
      ${this.isLast ? nothing : html`<p class="hint">${strings.editDrops}</p>`}
      <div class="buttons">
        <vscode-button ?disabled=${isBlank || this.busy} @click=${this.send}>${strings.resend}</vscode-button>
        <vscode-button secondary @click=${this.cancel}>${strings.cancel}</vscode-button>
      </div>
    </article>`;
  }

  protected override firstUpdated(): void {
    const box = this.box.value;
    box?.focus();
    box?.setSelectionRange(box.value.length, box.value.length);
  }

  private readonly onInput = (): void => {
    this.change({ ...this.edit, text: this.box.value?.value ?? "" });
  };

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) {
      return; // Enter and Escape belong to the input method
    }
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.cancel();
    }
  };

  private readonly removeAttachment = (index: number): void => {
    this.change({ ...this.edit, attachments: this.edit.attachments.filter((kept) => kept !== index) });
  };

  private readonly send = (): void => {
    const { messageId, text, attachments } = this.edit;
    if (!this.busy && (text.trim() !== "" || attachments.length > 0)) {
      this.dispatchEvent(new ActionEvent({ type: "resend", messageId, text, attachments }));
    }
  };

  private readonly cancel = (): void => {
    this.dispatchEvent(new ActionEvent({ type: "edit" }));
  };

  private change(edit: QuestionEdit): void {
    this.dispatchEvent(new ActionEvent({ type: "edit", edit }));
  }
}

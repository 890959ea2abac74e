/** Where the next question is written: the box, the code that goes with it, and the button that sends or stops. */
import { html, type nothing, type TemplateResult } from "lit";
import { createRef, ref } from "lit/directives/ref.js";
import { live } from "lit/directives/live.js";
import type { ModelState, SuggestReply, TokenCounts, ViewAttachment } from "../protocol/chatView";
import { ActionEvent, onUse } from "./actions";
import { contextMeter, contextWarning } from "./contextMeter";
import { dropHint, FileDrop } from "./fileDrop";
import { icon, iconButton } from "./icons";
import { LightElement } from "./lightElement";
import { pasteToAsk, withoutPaste, type Paste } from "./paste";
import type { PendingChips } from "./pendingChips";
import { format, strings } from "./strings";
import { Suggest } from "./suggest/suggest";

export class Composer extends LightElement {
  static override properties = {
    draft: { attribute: false },
    pending: { attribute: false },
    running: { attribute: false },
    engine: { attribute: false },
    lastQuestion: { attribute: false },
    usage: { attribute: false },
    optionsOpen: { attribute: false },
    optionsChanged: { attribute: false },
  };

  declare draft: string;
  declare pending: readonly ViewAttachment[];
  /** An answer is being computed: it can be stopped, and nothing can be sent. */
  declare running: boolean;
  declare engine: ModelState | undefined;
  declare lastQuestion: string;
  /** What the question would use of the context, where that is known. */
  declare usage: TokenCounts | undefined;
  declare optionsOpen: boolean;
  /** Sampling or system prompt differ from the settings. */
  declare optionsChanged: boolean;
  private readonly options = createRef<HTMLElement>();
  private readonly box = createRef<HTMLTextAreaElement>();
  private readonly suggest = new Suggest(this, {
    box: () => this.box.value,
    setText: (text) => {
      this.setDraft(text);
    },
    submit: () => {
      this.send();
    },
  });

  private readonly chips = createRef<PendingChips>();
  private readonly drop = new FileDrop(this);
  /** The last paste that the extension was asked for. */
  private pasted: Paste | undefined;
  /** Ctrl+Shift+V pastes as text. */
  private shiftIsDown = false;

  focusInput(): void {
    this.box.value?.focus();
  }

  focusOptions(): void {
    this.options.value?.querySelector("button")?.focus();
  }

  receiveSuggestions(reply: SuggestReply): void {
    this.suggest.receive(reply);
  }

  /** The text is attached as code: it need not stand in the box too. */
  takeOutPaste(text: string): void {
    const box = this.box.value;
    const replaced = box === undefined || this.pasted?.text !== text ? undefined : withoutPaste(box.value, this.pasted);
    if (box !== undefined && replaced !== undefined) {
      box.value = replaced.text;
      box.setSelectionRange(replaced.cursor, replaced.cursor);
      this.setDraft(replaced.text);
    }
    this.pasted = undefined;
  }

  protected override render(): TemplateResult {
    return html`<div class="composer">
      ${this.suggest.render()} ${dropHint(this.drop)}
      <llama2-pending-chips
        .attachments=${this.pending}
        .costs=${this.usage?.attachmentTokens ?? []}
        .leave=${this.leaveChips}
        ${ref(this.chips)}
      ></llama2-pending-chips>
      <textarea
        rows="1"
        dir="auto"
        aria-label=${strings.inputLabel}
        placeholder=${strings.inputPlaceholder}
        .value=${live(this.draft)}
        @input=${this.onInput}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls=${this.suggest.listId}
        aria-activedescendant=${this.suggest.activeId}
        @keydown=${this.onKeyDown}
        @blur=${this.onBlur}
        @paste=${this.onPaste}
        ${ref(this.box)}
      ></textarea>
      ${contextWarning(this.usage)}
      <div class="composer-bar">
        ${iconButton({ icon: "attach", label: strings.addContext, onClick: this.addContext })} ${modelName(this.engine)}
        ${contextMeter(this.usage)}
        <span ${ref(this.options)}>
          ${iconButton({
            icon: "settings",
            label: this.optionsChanged ? strings.optionsChanged : strings.options,
            className: this.optionsChanged ? "changed" : "",
            expanded: this.optionsOpen,
            onClick: onUse({ type: "showOptions", open: !this.optionsOpen }),
          })}
        </span>
        ${
          this.running
            ? iconButton({
                icon: "stop-circle",
                label: strings.stop,
                className: "submit",
                onClick: onUse({ type: "stop" }),
              })
            : iconButton({
                icon: "send",
                label: strings.send,
                className: "submit",
                disabled: this.draft.trim() === "",
                onClick: this.send,
              })
        }
      </div>
    </div>`;
  }

  private readonly send = (): void => {
    const text = this.draft.trim();
    if (text !== "" && !this.running) {
      this.dispatchEvent(new ActionEvent({ type: "send", text }));
      this.setDraft("");
    }
  };

  private readonly onInput = (): void => {
    this.setDraft(this.box.value?.value ?? "");
    this.suggest.follow();
  };

  private readonly onBlur = (): void => {
    this.suggest.close();
  };

  private readonly leaveChips = (): void => {
    this.focusInput();
  };

  private readonly onPaste = (event: ClipboardEvent): void => {
    const box = this.box.value;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    this.pasted = box === undefined || this.shiftIsDown ? undefined : pasteToAsk(text, box.selectionStart);
    if (this.pasted !== undefined) {
      this.dispatchEvent(new ActionEvent({ type: "pasted", text: this.pasted.text }));
    }
  };

  private readonly addContext = (): void => {
    this.suggest.begin("@");
  };

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    this.shiftIsDown = event.shiftKey;
    if (event.isComposing) {
      return; // Enter and the arrows belong to the input method
    }
    if (this.suggest.handleKey(event)) {
      return;
    }
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send();
    } else if (event.key === "Backspace" && this.draft === "" && this.chips.value?.focusLast() === true) {
      event.preventDefault();
    } else if (event.key === "ArrowUp" && this.draft === "" && this.lastQuestion !== "") {
      event.preventDefault();
      this.setDraft(this.lastQuestion);
    }
  };

  private setDraft(text: string): void {
    this.dispatchEvent(new ActionEvent({ type: "draft", text }));
  }
}

function modelName(engine: ModelState | undefined): TemplateResult | typeof nothing {
  if (engine?.kind !== "ready") {
    return html`<span class="model"></span>`;
  }
  const { name, device } = engine.model;
  return html`<span class="model" title=${format(strings.answeredBy, name, device)}>
    ${icon("chip")}<span class="model-name">${name} · ${device}</span>
  </span>`;
}

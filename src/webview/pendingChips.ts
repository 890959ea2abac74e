/**
 * What the next question will carry, as chips with their cost. One of them is in the tab order; the arrows go from chip to
 * chip, Delete and Backspace take one off, and behind the last one is the message box.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { ViewAttachment } from "../protocol/chatView";
import { ActionEvent, onUse } from "./actions";
import { icon, iconButton } from "./icons";
import { LightElement } from "./lightElement";
import { format, strings } from "./strings";

export class PendingChips extends LightElement {
  static override properties = {
    attachments: { attribute: false },
    costs: { attribute: false },
    current: { state: true },
  };

  declare attachments: readonly ViewAttachment[];
  /** In tokens, in the same order; of another length where they are not counted yet. */
  declare costs: readonly number[];
  /** Puts the focus into the message box. */
  declare leave: () => void;
  declare private current: number;
  /** The focus goes to the current chip once it is drawn. */
  private focusing = false;

  constructor() {
    super();
    this.attachments = [];
    this.costs = [];
    this.current = 0;
  }

  /** False where there is none. */
  focusLast(): boolean {
    return this.focusAt(this.attachments.length - 1);
  }

  protected override willUpdate(): void {
    this.current = Math.max(0, Math.min(this.current, this.attachments.length - 1));
  }

  protected override render(): TemplateResult | typeof nothing {
    const { attachments, costs } = this;
    if (attachments.length === 0) {
      return nothing;
    }
    const counted = costs.length === attachments.length ? costs : [];
    return html`<ul class="chips" role="list" aria-label=${strings.attachedCode}>
      ${attachments.map((attachment, index) => this.chip(attachment, index, counted[index]))}
    </ul>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!this.focusing || !changed.has("attachments")) {
      return;
    }
    this.focusing = false;
    if (this.attachments.length === 0) {
      this.leave();
    } else {
      this.querySelectorAll<HTMLElement>(".chip-open")[this.current]?.focus();
    }
  }

  private chip({ label, icon: name }: ViewAttachment, index: number, cost: number | undefined): TemplateResult {
    const tokens = cost === undefined ? undefined : format(strings.tokens, cost);
    const title = [format(strings.openAttachment, label), ...(tokens === undefined ? [] : [tokens])].join(", ");
    return html`<li class="chip">
      <button
        type="button"
        class="chip-open"
        title=${title}
        aria-label=${title}
        aria-keyshortcuts="Delete"
        tabindex=${index === this.current ? 0 : -1}
        @click=${onUse({ type: "openAttachment", index })}
        @focus=${() => {
          this.current = index;
        }}
        @keydown=${(event: KeyboardEvent) => {
          this.onKey(event, index);
        }}
      >
        ${icon(name ?? "file-code")}<span class="chip-label">${label}</span>
        ${tokens === undefined ? nothing : html`<span class="chip-cost">${tokens}</span>`}
      </button>
      ${iconButton({
        icon: "close",
        label: format(strings.removeAttachment, label),
        tabindex: -1,
        onClick: onUse({ type: "removePending", index }),
      })}
    </li>`;
  }

  private onKey(event: KeyboardEvent, index: number): void {
    const rtl = getComputedStyle(this).direction === "rtl";
    switch (event.key) {
      case "Delete":
      case "Backspace":
        this.current = event.key === "Backspace" ? Math.max(0, index - 1) : index;
        this.focusing = true;
        this.dispatchEvent(new ActionEvent({ type: "removePending", index }));
        break;
      case "ArrowLeft":
      case "ArrowRight":
        this.step(index, (event.key === "ArrowRight") === rtl ? -1 : 1);
        break;
      case "Home":
        this.focusAt(0);
        break;
      case "End":
        this.focusLast();
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  private step(index: number, by: 1 | -1): void {
    if (by === 1 && index === this.attachments.length - 1) {
      this.leave();
    } else {
      this.focusAt(index + by);
    }
  }

  private focusAt(index: number): boolean {
    const chip = this.querySelectorAll<HTMLElement>(".chip-open")[index];
    chip?.focus();
    return chip !== undefined;
  }
}

/** Codicons, decorative beside text, and buttons that show only an icon and are named for everybody else. */
import { html, nothing, type TemplateResult } from "lit";

export function icon(name: string): TemplateResult {
  return html`<span class="codicon codicon-${name}" aria-hidden="true"></span>`;
}

export interface IconButton {
  readonly icon: string;
  /** Its name for screen readers, and its tooltip. */
  readonly label: string;
  readonly className?: string;
  readonly disabled?: boolean;
  /** For a button that opens something: whether it is open. */
  readonly expanded?: boolean;
  /** -1 leaves it out of the tab order, where the keyboard has another way. */
  readonly tabindex?: -1;
  readonly onClick: (event: Event) => void;
}

export function iconButton(button: IconButton): TemplateResult {
  return html`<button
    type="button"
    class="icon-button ${button.className ?? ""}"
    title=${button.label}
    aria-label=${button.label}
    aria-expanded=${button.expanded ?? nothing}
    tabindex=${button.tabindex ?? nothing}
    ?disabled=${button.disabled ?? false}
    @click=${button.onClick}
  >
    ${icon(button.icon)}
  </button>`;
}

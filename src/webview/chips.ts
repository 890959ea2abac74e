/** Attached code as chips: a click shows the code; those of the next question can be taken off again. */
import { html, nothing, type TemplateResult } from "lit";
import type { ViewAttachment } from "../protocol/chatView";
import { onUse } from "./actions";
import { icon, iconButton } from "./icons";
import { format, strings } from "./strings";

/** Chips of the question with this id, or of the pending attachments where there is none. */
export function chips(attachments: readonly ViewAttachment[], messageId?: string): TemplateResult | typeof nothing {
  if (attachments.length === 0) {
    return nothing;
  }
  return html`<ul class="chips" role="list" aria-label=${strings.attachedCode}>
    ${attachments.map((attachment, index) => chip(attachment, index, messageId))}
  </ul>`;
}

function chip({ label }: ViewAttachment, index: number, messageId: string | undefined): TemplateResult {
  const open = onUse({ type: "openAttachment", index, ...(messageId === undefined ? {} : { messageId }) });
  const name = format(strings.openAttachment, label);
  const remove = {
    icon: "close",
    label: format(strings.removeAttachment, label),
    onClick: onUse({ type: "removePending", index }),
  };
  return html`<li class="chip">
    <button type="button" class="chip-open" title=${name} aria-label=${name} @click=${open}>
      ${icon("file-code")}<span class="chip-label">${label}</span>
    </button>
    ${messageId === undefined ? iconButton(remove) : nothing}
  </li>`;
}

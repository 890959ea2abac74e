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

/** Chips of a question that is being edited: of its attachments those at `kept`, which can be taken off. */
export function editedChips(
  attachments: readonly ViewAttachment[],
  kept: readonly number[],
  remove: (index: number) => void,
): TemplateResult | typeof nothing {
  const shown = kept.flatMap((index) => {
    const attachment = attachments[index];
    return attachment === undefined ? [] : [{ ...attachment, index }];
  });
  return shown.length === 0
    ? nothing
    : html`<ul class="chips" role="list" aria-label=${strings.attachedCode}>
        ${shown.map(
          ({ label, index }) =>
            html`<li class="chip">
              <span class="chip-open">${icon("file-code")}<span class="chip-label">${label}</span></span>
              ${iconButton({
                icon: "close",
                label: format(strings.removeAttachment, label),
                onClick: () => {
                  remove(index);
                },
              })}
            </li>`,
        )}
      </ul>`;
}

function chip(
  { label, icon: iconName, omittedLines }: ViewAttachment,
  index: number,
  messageId: string | undefined,
): TemplateResult {
  const open = onUse({ type: "openAttachment", index, ...(messageId === undefined ? {} : { messageId }) });
  const shortened = omittedLines === undefined ? "" : format(strings.shortened, omittedLines);
  const name = `${format(strings.openAttachment, label)}${shortened === "" ? "" : ` (${shortened})`}`;
  const remove = {
    icon: "close",
    label: format(strings.removeAttachment, label),
    onClick: onUse({ type: "removePending", index }),
  };
  return html`<li class="chip">
    <button type="button" class="chip-open" title=${name} aria-label=${name} @click=${open}>
      ${icon(iconName ?? "file-code")}<span class="chip-label">${label}</span>
      ${omittedLines === undefined ? nothing : html`<span class="chip-shortened">${format(strings.shortenedBy, omittedLines)}</span>`}
    </button>
    ${messageId === undefined ? iconButton(remove) : nothing}
  </li>`;
}

/** Says that questions were deleted, and brings them back. */
import "@vscode-elements/elements/dist/vscode-button/index.js";
import { html, nothing, type TemplateResult } from "lit";
import { onUse } from "./actions";
import { format, strings } from "./strings";

export function restoreNotice(count: number): TemplateResult | typeof nothing {
  return count === 0
    ? nothing
    : html`<div class="restore" role="status">
        <span>${count === 1 ? strings.deletedOne : format(strings.deletedSeveral, count)}</span>
        <vscode-button secondary @click=${onUse({ type: "restore" })}>${strings.restore}</vscode-button>
      </div>`;
}

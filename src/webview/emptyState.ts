/** The page before the first question: what this is, examples to start with, and who will answer. */
import { html, nothing, type TemplateResult } from "lit";
import type { ModelState } from "../protocol/chatView";
import { onUse } from "./actions";
import { engineNotice } from "./engineNotice";
import { icon } from "./icons";
import { format, strings } from "./strings";

export function emptyState(engine: ModelState | undefined): TemplateResult {
  const canAnswer = engine?.kind === "ready" || engine?.kind === "loading" || engine?.kind === "unloaded";
  return html`<div class="empty">
    ${icon("comment-discussion")}
    <h1>${strings.emptyTitle}</h1>
    <p>${strings.emptySentence}</p>
    ${canAnswer ? examples() : nothing} ${engineNotice(engine)}
    ${
      engine?.kind === "ready"
        ? html`<p class="small">${format(strings.answeredBy, engine.model.name, engine.model.device)}</p>`
        : nothing
    }
    <p class="small">${strings.responsible}</p>
  </div>`;
}

function examples(): TemplateResult {
  return html`<ul class="examples" role="list" aria-label=${strings.examples}>
    ${[strings.example1, strings.example2, strings.example3].map(
      (text) => html`<li><button type="button" @click=${sendOnce(text)}>${text}</button></li>`,
    )}
  </ul>`;
}

/** The second click of a double click would ask twice. */
function sendOnce(text: string): (event: MouseEvent) => void {
  const send = onUse({ type: "send", text });
  return (event) => {
    if (event.detail <= 1) {
      send(event);
    }
  };
}

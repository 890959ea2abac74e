/** A question of the user, as they typed it, with the code they attached and what can be done with it. */
import { html, nothing, type TemplateResult } from "lit";
import type { ViewQuestion } from "../protocol/chatView";
import { chips } from "./chips";
import { questionKeys, questionTools, type MessagePlace } from "./messageTools";
import { strings } from "./strings";

export function question(message: ViewQuestion, place: MessagePlace): TemplateResult {
  const { id, text, attachments } = message;
  return html`<article
    class="question ${place.isLast ? "last" : ""} ${place.isDropped === true ? "dropped" : ""}"
    aria-label=${strings.you}
    tabindex=${place.isLast ? 0 : -1}
    @keydown=${questionKeys(message, place)}
  >
    ${questionTools(message, place)} ${chips(attachments, id)}
    ${text === "" ? nothing : html`<p class="question-text" dir="auto">${text}</p>`}
  </article>`;
}

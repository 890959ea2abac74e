/** A question of the user, as they typed it, with the code they attached. */
import { html, nothing, type TemplateResult } from "lit";
import type { ViewQuestion } from "../protocol/chatView";
import { chips } from "./chips";
import { strings } from "./strings";

export function question({ id, text, attachments }: ViewQuestion): TemplateResult {
  return html`<article class="question" aria-label=${strings.you}>
    ${chips(attachments, id)} ${text === "" ? nothing : html`<p class="question-text" dir="auto">${text}</p>`}
  </article>`;
}

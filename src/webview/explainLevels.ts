/** Under an explanation: the levels it can be had at. Only of the last answer, as Retry: what follows is not asked again. */
import { html, nothing, type TemplateResult } from "lit";
import { assertNever } from "../base/assertNever";
import { EXPLAIN_LEVELS, type ExplainLevel, type ViewAnswer } from "../protocol/chatView";
import { onUse } from "./actions";
import type { MessagePlace } from "./messageTools";
import { strings } from "./strings";

/** The pressed one is the level that was asked at; it asks once more, too. */
export function explainLevels({ level }: ViewAnswer, { isLast, busy }: MessagePlace): TemplateResult | typeof nothing {
  if (level === undefined || !isLast) {
    return nothing;
  }
  return html`<div class="levels" role="group" aria-label=${strings.explainLevels}>
    <span aria-hidden="true">${strings.explainLevels}:</span>
    ${EXPLAIN_LEVELS.map(
      (one) =>
        html`<button
          type="button"
          aria-pressed=${one === level ? "true" : "false"}
          ?disabled=${busy}
          @click=${onUse({ type: "explainAgain", level: one })}
        >
          ${nameOf(one)}
        </button>`,
    )}
  </div>`;
}

function nameOf(level: ExplainLevel): string {
  switch (level) {
    case "brief":
      return strings.levelBrief;
    case "detailed":
      return strings.levelDetailed;
    case "lineByLine":
      return strings.levelLineByLine;
    default:
      return assertNever(level);
  }
}

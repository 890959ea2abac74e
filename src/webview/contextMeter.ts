/** How full the model's context is, as a small ring with the figures behind it; in words where it is nearly full. */
import { html, nothing, svg, type TemplateResult } from "lit";
import type { TokenCounts } from "../protocol/chatView";
import { icon } from "./icons";
import { pageLanguage } from "./pageLanguage";
import { format, strings } from "./strings";

/** From this part of what a prompt may have on, people are told. */
const NEARLY_FULL = 0.9;

export type Fill = "room" | "nearlyFull" | "overflowing" | "tooLong";

/** How it stands with the context; `overflowing`: old questions are left out already. */
export function fillOf({ contextTokens, answerTokens, promptTokens, droppedPairs, tooLong }: TokenCounts): Fill {
  if (tooLong) {
    return "tooLong";
  }
  if (droppedPairs > 0) {
    return "overflowing";
  }
  return promptTokens >= NEARLY_FULL * (contextTokens - answerTokens) ? "nearlyFull" : "room";
}

export function contextMeter(usage: TokenCounts | undefined): TemplateResult | typeof nothing {
  if (usage === undefined) {
    return nothing;
  }
  const { contextTokens, answerTokens, promptTokens } = usage;
  const room = contextTokens - answerTokens;
  const percent = Math.min(100, Math.round((100 * promptTokens) / Math.max(1, room)));
  const text = usageText(usage);
  return html`<span
    class="meter ${fillOf(usage)}"
    role="meter"
    tabindex="0"
    aria-label=${strings.context}
    aria-valuemin="0"
    aria-valuemax=${contextTokens}
    aria-valuenow=${Math.min(promptTokens, contextTokens)}
    aria-valuetext=${text}
    title=${text}
  >
    <svg viewBox="0 0 16 16" aria-hidden="true">
      ${svg`<circle class="meter-track" cx="8" cy="8" r="6"></circle>
        <circle class="meter-fill" cx="8" cy="8" r="6" pathLength="100" stroke-dasharray="${percent} 100"></circle>`}
    </svg>
  </span>`;
}

/** A line for what must not be overlooked. */
export function contextWarning(usage: TokenCounts | undefined): TemplateResult | typeof nothing {
  if (usage === undefined) {
    return nothing;
  }
  const { contextTokens, answerTokens, promptTokens } = usage;
  switch (fillOf(usage)) {
    case "tooLong":
      return html`<p class="context-warning error">
        ${icon("error")}<span
          >${format(strings.contextTooLong, whole(promptTokens), whole(contextTokens - answerTokens))}</span
        >
      </p>`;
    case "nearlyFull":
      return html`<p class="context-warning">${icon("warning")}<span>${strings.contextNearlyFull}</span></p>`;
    case "overflowing":
    case "room":
      return nothing;
  }
}

function usageText({ contextTokens, answerTokens, promptTokens, droppedPairs }: TokenCounts): string {
  const used = format(strings.contextUsed, whole(promptTokens), whole(contextTokens), whole(answerTokens));
  return droppedPairs === 0 ? used : `${used} ${format(strings.contextDropped, droppedPairs)}`;
}

function whole(value: number): string {
  return new Intl.NumberFormat(pageLanguage(), { maximumFractionDigits: 0 }).format(value);
}

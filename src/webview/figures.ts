/** The figures of an answer as words for its footer. */
import type { GenerationFigures } from "../protocol/chatView";
import { format, strings } from "./strings";

/** Short parts, to be shown beside each other. Speed and first token are left out where nothing was measured. */
export function figureParts(figures: GenerationFigures, locale?: string): readonly string[] {
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const rate = new Intl.NumberFormat(locale, { maximumFractionDigits: figures.tokensPerSecond < 100 ? 1 : 0 });
  return [
    figures.model,
    figures.device,
    format(strings.tokens, whole.format(figures.answerTokens)),
    ...(figures.tokensPerSecond > 0 ? [format(strings.tokensPerSecond, rate.format(figures.tokensPerSecond))] : []),
    ...(figures.firstTokenMs > 0 ? [format(strings.firstToken, duration(figures.firstTokenMs, locale))] : []),
  ].filter((part) => part !== "");
}

/** The rest of the figures, one sentence or two. */
export function figureDetails(figures: GenerationFigures, locale?: string): string {
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  return format(
    strings.promptTokens,
    whole.format(figures.promptTokens),
    whole.format(figures.cachedTokens),
    whole.format(figures.answerTokens),
    duration(figures.totalMs, locale),
  );
}

function duration(milliseconds: number, locale: string | undefined): string {
  if (milliseconds < 1000) {
    return format(strings.milliseconds, Math.round(milliseconds));
  }
  const seconds = new Intl.NumberFormat(locale, { maximumFractionDigits: milliseconds < 10_000 ? 1 : 0 });
  return format(strings.seconds, seconds.format(milliseconds / 1000));
}

/** In which language the model is asked to answer. Pure. */
import type { ChatTurn } from "../../protocol/engine";

/** The display language of VS Code is taken for the setting. */
const AUTOMATIC = "auto";

/**
 * The English name of the language, since the instruction is in English; `undefined` for English. The setting holds "auto", a
 * code ("es", "pt-br"), or a name in any words, which is taken as it is.
 */
export function answerLanguageOf(setting: string, displayLanguage: string): string | undefined {
  const wanted = setting.trim() === "" || setting.trim().toLowerCase() === AUTOMATIC ? displayLanguage : setting.trim();
  const name = nameOfCode(wanted) ?? wanted;
  return /^en(?:-|$)/i.test(wanted) || /\benglish\b/i.test(name) ? undefined : name;
}

function nameOfCode(code: string): string | undefined {
  if (!/^[a-z]{2,3}(?:-[a-z0-9]+)*$/i.test(code)) {
    return undefined;
  }
  try {
    return new Intl.DisplayNames(["en"], { type: "language", fallback: "none" }).of(code);
  } catch {
    return undefined; // not a code after all
  }
}

/** The turns with the wish in the system prompt, which there may be none of yet. */
export function inLanguage(turns: readonly ChatTurn[], language: string | undefined): readonly ChatTurn[] {
  if (language === undefined) {
    return turns;
  }
  const wish = `Answer in ${language}. Leave code as it is.`;
  const [first, ...rest] = turns;
  return first?.role === "system"
    ? [{ ...first, content: `${first.content}\n\n${wish}` }, ...rest]
    : [{ role: "system", content: wish }, ...turns];
}

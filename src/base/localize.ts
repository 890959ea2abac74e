/**
 * Texts for people. English is the key: `vscode.l10n.t` in the extension, and `translator` in the chat page, look an English
 * text up in l10n/bundle.l10n.<language>.json. Files without VS Code take a `Translate` as a parameter.
 */

/** Translates; `{0}`, `{1}`... stand for the arguments. */
export type Translate = (message: string, ...args: (string | number | boolean)[]) => string;

/** Puts the arguments in their places, for logs and other programs. */
export const inEnglish: Translate = (message, ...args) =>
  message.replace(/\{(\d+)\}/g, (place, index: string) => String(args[Number(index)] ?? place));

/** Translates by a bundle of texts; what it does not have stays English. */
export function translator(bundle: Readonly<Record<string, unknown>>): Translate {
  return (message, ...args) => {
    const translated = Object.hasOwn(bundle, message) ? bundle[message] : undefined;
    return inEnglish(typeof translated === "string" ? translated : message, ...args);
  };
}

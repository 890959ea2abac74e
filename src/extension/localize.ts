/** The part of `vscode.l10n` that files without VS Code need: they take it as a parameter. */

/** Translates; `{0}`, `{1}`... stand for the arguments. */
export type Translate = (message: string, ...args: (string | number | boolean)[]) => string;

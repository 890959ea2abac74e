/** What the filters have to know about languages, by VS Code's language ids. */

const MARKUP = new Set(["markdown", "mdx", "restructuredtext", "asciidoc", "quarto", "html", "xml", "vue", "svelte"]);
const PROSE = new Set([
  ...["plaintext", "markdown", "mdx", "quarto", "restructuredtext", "asciidoc", "latex", "tex", "bibtex", "csv", "log"],
  ...["git-commit", "scminput", "search-result", "juliamarkdown"],
]);
const SHELL = new Set(["shellscript", "bat", "powershell", "fish", "makefile"]);
const TRIPLE_QUOTES = new Set([
  "python",
  "kotlin",
  "scala",
  "swift",
  "java",
  "julia",
  "elixir",
  "csharp",
  "dart",
  "groovy",
]);
const BACKTICKS = new Set(["javascript", "javascriptreact", "typescript", "typescriptreact", "go", "vue", "svelte"]);
const KEYED = new Set(["yaml", "dockercompose", "toml", "json", "jsonc", "properties", "dotenv", "ini"]);

const EQUATIONS = new Set(["haskell", "purescript", "elm", "erlang", "prolog", "elixir"]);

/** Text where brackets and indentation say nothing about blocks. */
export const isProse = (languageId: string): boolean => PROSE.has(languageId);

export const isMarkup = (languageId: string): boolean => MARKUP.has(languageId);

/** Shells close `case` branches with brackets that nothing opened. */
export const hasFreeBrackets = (languageId: string): boolean => SHELL.has(languageId) || PROSE.has(languageId);

/** Files of keys and values, where the same entry twice in a row is always wrong. */
export const isKeyed = (languageId: string): boolean => KEYED.has(languageId);

/** White space at the end of a line has a meaning: a line break in Markdown. */
export const keepsTrailingSpace = (languageId: string): boolean => PROSE.has(languageId) || languageId === "diff";

/** A function is written as several equations, each on its line. */
export const hasEquations = (languageId: string): boolean => EQUATIONS.has(languageId);

/** Statements end with a semicolon and not with their line. */
export const endsWithSemicolonOnly = (languageId: string): boolean => languageId.endsWith("sql");

/** The delimiters of strings that go on over lines. */
export function longDelimiters(languageId: string): readonly string[] {
  if (TRIPLE_QUOTES.has(languageId)) {
    return ['"""', "'''"];
  }
  return BACKTICKS.has(languageId) ? ["`"] : [];
}

/** Pieces of other files in a completion's prompt: comments of the language, each under its file's path. */

export interface Snippet {
  readonly path: string;
  /** With LF line ends. */
  readonly text: string;
}

/** How a language writes comments: before each line, or around several. */
type Comments = { readonly line: string } | { readonly open: string; readonly close: string };

const HASH = [
  "python",
  "ruby",
  "perl",
  "r",
  "yaml",
  "toml",
  "dockerfile",
  "julia",
  "elixir",
  "shellscript",
  "makefile",
];
const HASH_TOO = [
  "coffeescript",
  "nix",
  "powershell",
  "fish",
  "properties",
  "terraform",
  "graphql",
  "cmake",
  "gdscript",
];
const MARKUP = ["html", "xml", "markdown", "vue", "svelte", "handlebars", "mdx"];
const COMMENTS: ReadonlyMap<string, Comments> = new Map<string, Comments>([
  ...[...HASH, ...HASH_TOO].map((id) => [id, { line: "#" }] as const),
  ...MARKUP.map((id) => [id, { open: "<!--", close: "-->" }] as const),
  ...["sql", "lua", "haskell", "ada", "vhdl"].map((id) => [id, { line: "--" }] as const),
  ...["latex", "tex", "matlab", "erlang", "prolog"].map((id) => [id, { line: "%" }] as const),
  ...["clojure", "lisp", "scheme", "ini", "asm"].map((id) => [id, { line: ";" }] as const),
  ...["css", "scss", "less"].map((id) => [id, { open: "/*", close: "*/" }] as const),
  ...["vb", "vbscript"].map((id) => [id, { line: "'" }] as const),
  ["bat", { line: "REM" }],
]);
const C_STYLE: Comments = { line: "//" };

/**
 * The snippets that fit a number of tokens, the last ones first of all, and the path of the document they stand before. ""
 * where none fits: then the path alone would say little.
 */
export function snippetsHeader(
  snippets: readonly Snippet[],
  document: { readonly path: string; readonly languageId: string },
  fits: (header: string) => boolean,
): string {
  const comments = COMMENTS.get(document.languageId) ?? C_STYLE;
  const title = commented(`Path: ${document.path}`, comments);
  const pieces = snippets.flatMap(({ path, text }) => {
    const piece = commented(`Path: ${path}\n${text}`, comments);
    return piece === "" ? [] : [piece];
  });
  for (let first = 0; first < pieces.length; first++) {
    const header = [...pieces.slice(first), title].map((piece) => `${piece}\n`).join("");
    if (fits(header)) {
      return header;
    }
  }
  return "";
}

/** "" for text that would end the comment. */
function commented(text: string, comments: Comments): string {
  if ("line" in comments) {
    return text.replace(/^(.*)$/gm, (line) => `${comments.line} ${line}`.trimEnd());
  }
  return text.includes(comments.close) ? "" : `${comments.open} ${text} ${comments.close}`;
}

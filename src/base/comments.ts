/** How languages write comments, by VS Code's language ids. */

/** How a language writes comments: before each line, or around several. */
export type Comments = { readonly line: string } | { readonly open: string; readonly close: string };

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
  "coffeescript",
  "nix",
  "powershell",
  "fish",
  "properties",
  "terraform",
  "graphql",
  "cmake",
  "dotenv",
  "gdscript",
];
const MARKUP = ["html", "xml", "markdown", "vue", "svelte", "handlebars", "mdx"];
const COMMENTS: ReadonlyMap<string, Comments> = new Map<string, Comments>([
  ...HASH.map((id) => [id, { line: "#" }] as const),
  ...MARKUP.map((id) => [id, { open: "<!--", close: "-->" }] as const),
  ...["sql", "lua", "haskell", "ada", "vhdl"].map((id) => [id, { line: "--" }] as const),
  ...["latex", "tex", "matlab", "erlang", "prolog"].map((id) => [id, { line: "%" }] as const),
  ...["clojure", "lisp", "scheme", "ini", "asm"].map((id) => [id, { line: ";" }] as const),
  ...["css", "scss", "less"].map((id) => [id, { open: "/*", close: "*/" }] as const),
  ...["vb", "vbscript"].map((id) => [id, { line: "'" }] as const),
  ["bat", { line: "REM" }],
]);
const C_STYLE: Comments = { line: "//" };

/** C's line comments where a language is not known. */
export function commentsOf(languageId: string): Comments {
  return COMMENTS.get(languageId) ?? C_STYLE;
}

/** Whether "#" begins a comment. */
export function hasHashComments(languageId: string): boolean {
  const comments = commentsOf(languageId);
  return "line" in comments && comments.line === "#";
}

/** Whether a line is nothing but a comment, or a line within one over several lines. */
export function isCommentLine(line: string, languageId: string): boolean {
  const comments = commentsOf(languageId);
  const code = line.trim();
  const begins = code.startsWith("line" in comments ? comments.line : comments.open);
  return begins || /^(?:\/\*|\*(?:\s|\/|$))/.test(code);
}

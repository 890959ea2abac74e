/** VS Code's language id for what a model writes behind a code fence. Pure. */

const IDS: ReadonlyMap<string, string> = new Map([
  ["bash", "shellscript"],
  ["sh", "shellscript"],
  ["shell", "shellscript"],
  ["zsh", "shellscript"],
  ["console", "shellscript"],
  ["py", "python"],
  ["python3", "python"],
  ["js", "javascript"],
  ["node", "javascript"],
  ["jsx", "javascriptreact"],
  ["ts", "typescript"],
  ["tsx", "typescriptreact"],
  ["c++", "cpp"],
  ["cc", "cpp"],
  ["hpp", "cpp"],
  ["h", "c"],
  ["cs", "csharp"],
  ["c#", "csharp"],
  ["fs", "fsharp"],
  ["f#", "fsharp"],
  ["golang", "go"],
  ["rs", "rust"],
  ["rb", "ruby"],
  ["kt", "kotlin"],
  ["md", "markdown"],
  ["yml", "yaml"],
  ["docker", "dockerfile"],
  ["make", "makefile"],
  ["objc", "objective-c"],
  ["ps1", "powershell"],
  ["pl", "perl"],
  ["tex", "latex"],
  ["vb", "vb"],
  ["patch", "diff"],
  ["text", "plaintext"],
  ["txt", "plaintext"],
]);

/** One of `known`; plain text for what none of them is. */
export function languageIdOfFence(fence: string, known: readonly string[]): string {
  const name = fence.trim().toLowerCase();
  const id = IDS.get(name) ?? name;
  return known.includes(id) ? id : "plaintext";
}

/** Other extensions that suggest code while typing: VS Code shows one suggestion, and which one is not ours to choose. Pure. */

const KNOWN: readonly string[] = [
  "amazonwebservices.amazon-q-vscode",
  "codeium.codeium",
  "continue.continue",
  "ex3ndr.llama-coder",
  "ggml-org.llama-vscode",
  "github.copilot",
  "google.geminicodeassist",
  "huggingface.huggingface-vscode",
  "sourcegraph.cody-ai",
  "supermaven.supermaven",
  "tabbyml.vscode-tabby",
  "tabnine.tabnine-vscode",
  "visualstudioexptteam.vscodeintellicode-completions",
];

/** Takes the ids of extensions, in any case; gives those that compete. */
export function otherCompleters(installed: readonly string[]): string[] {
  return installed.filter((id) => KNOWN.includes(id.toLowerCase()));
}

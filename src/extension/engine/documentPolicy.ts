/** Which documents the inference process is told about: every text that is edited or read as code, wherever it comes from. Pure. */

/** Texts that are no documents of the user: output, inputs of panels, prompts, old versions in a diff. */
const EXCLUDED_SCHEMES: ReadonlySet<string> = new Set([
  "output",
  "debug",
  "git",
  "gitfs",
  "scm",
  "review",
  "pr",
  "comment",
  "walkThrough",
  "walkThroughSnippet",
  "search-editor",
  "code-setting",
  "llama2-prompt",
  "vscode",
  "vscode-scm",
  "vscode-settings",
  "vscode-userdata",
  "vscode-terminal",
  "vscode-interactive-input",
  "vscode-local-history",
  "vscode-workspace-trust",
]);

/** VS Code's own chat (`chat-editing-...`, `chatSessionInput`), what belongs to notebooks but is no cell, and the like. */
const EXCLUDED_SCHEME_PREFIXES: readonly string[] = [
  "chat",
  "sessions-chat",
  "vscode-chat",
  "accessible-view",
  "vscode-notebook-cell-",
  "vscode-notebook-metadata",
];

/** In UTF-16 units. Larger files are data more often than code, and would cost more to mirror than they bring. */
export const MAX_DOCUMENT_LENGTH = 2_000_000;

/** Whether a document of this scheme may be mirrored to the inference process. */
export function isEligibleScheme(scheme: string): boolean {
  return !EXCLUDED_SCHEMES.has(scheme) && !EXCLUDED_SCHEME_PREFIXES.some((prefix) => scheme.startsWith(prefix));
}

/** Whether a document that was just opened is mirrored; what is mirrored stays so until it is closed. */
export function isEligibleDocument(scheme: string, length: number): boolean {
  return isEligibleScheme(scheme) && length <= MAX_DOCUMENT_LENGTH;
}

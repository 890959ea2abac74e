/** The HTML of the chat page. It runs one script of ours, loads nothing from the network, and draws everything itself. Pure. */

export interface PageResources {
  /** `webview.cspSource`: where files of the extension come from. */
  readonly cspSource: string;
  /** Unguessable, new for every page. */
  readonly nonce: string;
  readonly scriptUri: string;
  readonly styleUri: string;
  readonly codiconUri: string;
  readonly language: string;
  /** Texts of the page in that language by their English ones; empty for English. */
  readonly texts: Readonly<Record<string, string>>;
  readonly title: string;
}

export function pageHtml(resources: PageResources): string {
  const { cspSource, nonce } = resources;
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `img-src ${cspSource}`,
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="${escapeHtml(resources.language)}">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<link rel="stylesheet" id="vscode-codicon-stylesheet" href="${escapeHtml(resources.codiconUri)}" nonce="${nonce}">
<link rel="stylesheet" href="${escapeHtml(resources.styleUri)}">
<title>${escapeHtml(resources.title)}</title>
</head>
<body data-texts="${escapeHtml(JSON.stringify(resources.texts))}">
<script nonce="${nonce}" src="${escapeHtml(resources.scriptUri)}"></script>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

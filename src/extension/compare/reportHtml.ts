/** The page that shows how models compare: a table and a chart, without any script. Pure. */
import type { Translate } from "../../base/localize";
import type { Score } from "./scores";

export interface Report {
  /** Best first. */
  readonly scores: readonly Score[];
  /** Files that could not be used, and why. */
  readonly failures: readonly { readonly path: string; readonly reason: string }[];
  /** Unguessable, new for every page. */
  readonly nonce: string;
  readonly language: string;
  readonly translate: Translate;
}

const BAR_WIDTH = 320;
const BAR_HEIGHT = 12;
const ROW_HEIGHT = 44;

const STYLE = `
body { color: var(--vscode-foreground); background: var(--vscode-editor-background); font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); padding: 0 24px 24px; }
h1 { font-size: 1.6em; font-weight: 600; }
p, figcaption { color: var(--vscode-descriptionForeground); max-width: 60em; }
table { border-collapse: collapse; margin: 16px 0 24px; }
.wide { overflow-x: auto; }
th, td { padding: 6px 10px; text-align: right; vertical-align: bottom; border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent)); }
td, tbody th { white-space: nowrap; }
th:first-child, td:first-child { text-align: left; }
tbody tr:first-child th { font-weight: 700; }
th { font-weight: 600; }
figure { margin: 0; }
svg { display: block; overflow: visible; }
text { fill: var(--vscode-foreground); font-size: 12px; }
.track { fill: var(--vscode-editorWidget-background); stroke: var(--vscode-contrastBorder, transparent); }
.exact { fill: var(--vscode-charts-blue); }
.first { fill: var(--vscode-charts-green); }
.error { color: var(--vscode-errorForeground); }
`;

export function reportHtml({ scores, failures, nonce, language, translate }: Report): string {
  const title = translate("Models Compared on Your Code");
  const count = scores[0]?.problems ?? 0;
  return `<!DOCTYPE html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'">
<style nonce="${nonce}">${STYLE}</style>
<title>${escapeHtml(title)}</title>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(translate("{0} lines of your recent commits, each asked for as while typing, with the code around it. Nothing left this machine.", count))}</p>
${scores.length === 0 ? "" : table(scores, translate) + chart(scores, translate)}
${failures.map((failure) => `<p class="error">${escapeHtml(failureText(failure))}</p>`).join("\n")}
</body>
</html>
`;
}

/** Most reasons name the file. */
function failureText({ path, reason }: Report["failures"][number]): string {
  return reason.includes(path) ? reason : `${path}: ${reason}`;
}

function table(scores: readonly Score[], translate: Translate): string {
  const head = [
    translate("Model"),
    translate("Whole line right"),
    translate("First word right"),
    translate("Shown"),
    translate("First word after"),
    translate("Suggestion after"),
    translate("Tokens/s"),
    translate("Memory"),
    translate("Computed by"),
  ];
  const rows = scores.map((score) => {
    const cells = [
      percent(score.exact),
      percent(score.firstToken),
      percent(score.shown),
      translate("{0} ms", Math.round(score.firstTokenMs)),
      translate("{0} ms", Math.round(score.totalMs)),
      score.tokensPerSecond.toFixed(1),
      score.memoryBytes === undefined ? "–" : translate("{0} GB", (score.memoryBytes / 1e9).toFixed(2)),
      score.device,
    ];
    const name = `<th scope="row">${escapeHtml(score.model)}</th>`;
    return `<tr>${name}${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("")}</tr>`;
  });
  const columns = head.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join("");
  return `<div class="wide"><table><thead><tr>${columns}</tr></thead><tbody>${rows.join("\n")}</tbody></table></div>\n`;
}

/** Two bars for each model. The table says the same to those who do not see it. */
function chart(scores: readonly Score[], translate: Translate): string {
  const caption = translate("Blue: whole line right. Green: first word right.");
  const rows = scores.map((score, index) => {
    const top = index * ROW_HEIGHT;
    const bar = (share: number, kind: string, y: number): string =>
      `<rect class="track" x="0" y="${String(y)}" width="${String(BAR_WIDTH)}" height="${String(BAR_HEIGHT)}"/>` +
      `<rect class="${kind}" x="0" y="${String(y)}" width="${(share * BAR_WIDTH).toFixed(1)}" height="${String(BAR_HEIGHT)}"/>` +
      `<text x="${String(BAR_WIDTH + 8)}" y="${String(y + BAR_HEIGHT - 2)}">${percent(share)}</text>`;
    const name = `<text x="0" y="${String(top + 10)}">${escapeHtml(score.model)}</text>`;
    return name + bar(score.exact, "exact", top + 15) + bar(score.firstToken, "first", top + 28);
  });
  const size = `width="${String(BAR_WIDTH + 60)}" height="${String(scores.length * ROW_HEIGHT)}"`;
  const svg = `<svg role="img" aria-label="${escapeHtml(caption)}" ${size}>${rows.join("")}</svg>`;
  return `<figure>${svg}<figcaption>${escapeHtml(caption)}</figcaption></figure>`;
}

function percent(share: number): string {
  return `${String(Math.round(100 * share))} %`;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

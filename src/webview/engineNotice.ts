/** What the page says while no model can answer: none is selected, one is being loaded, or loading failed; and what to do. */
import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-progress-bar/index.js";
import { html, nothing, type TemplateResult } from "lit";
import { assertNever } from "../base/assertNever";
import { engineErrorMessage, type ModelState } from "../protocol/chatView";
import { onUse } from "./actions";
import { icon } from "./icons";
import { format, strings, translate } from "./strings";

export function engineNotice(state: ModelState | undefined): TemplateResult | typeof nothing {
  switch (state?.kind) {
    case "stopped":
      return stopped();
    case "loading":
      return loading(state.path, state.fraction);
    case "failed":
      return failed(engineErrorMessage(state.error, translate));
    case "ready":
    case "unloaded":
    case undefined:
      return nothing;
    default:
      return assertNever(state);
  }
}

function stopped(): TemplateResult {
  return html`<section class="notice">
    <h2>${strings.noModelTitle}</h2>
    <p>${strings.noModelText}</p>
    <div class="buttons">
      <vscode-button @click=${onUse({ type: "downloadModel" })}>${strings.downloadModel}</vscode-button>
      <vscode-button secondary @click=${onUse({ type: "selectModel" })}>${strings.selectModel}</vscode-button>
    </div>
  </section>`;
}

function loading(path: string, fraction: number): TemplateResult {
  const percent = Math.floor(fraction * 100);
  const name = fileName(path);
  const text = percent === 0 ? format(strings.startingModel, name) : format(strings.loadingModel, name, percent);
  return html`<section class="notice">
    <p>${text}</p>
    <vscode-progress-bar
      aria-label=${format(strings.startingModel, name)}
      .value=${percent}
      ?indeterminate=${percent === 0}
    ></vscode-progress-bar>
  </section>`;
}

function failed(message: string): TemplateResult {
  return html`<section class="notice failed">
    <h2>${icon("error")}${strings.failedTitle}</h2>
    <p class="message">${message}</p>
    <div class="buttons">
      <vscode-button @click=${onUse({ type: "selectModel" })}>${strings.selectModel}</vscode-button>
      <vscode-button secondary @click=${onUse({ type: "restartEngine" })}>${strings.restartEngine}</vscode-button>
      <vscode-button secondary @click=${onUse({ type: "showLog" })}>${strings.showLog}</vscode-button>
    </div>
  </section>`;
}

function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

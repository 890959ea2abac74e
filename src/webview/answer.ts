/** An answer of the model: its text as it comes, what is going on, and in the end what it cost. */
import "@vscode-elements/elements/dist/vscode-button/index.js";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { createRef, ref } from "lit/directives/ref.js";
import { assertNever } from "../base/assertNever";
import type { AnswerStatus, GenerationFigures, ViewAnswer } from "../protocol/chatView";
import { onUse } from "./actions";
import { failureActions } from "./failureActions";
import { explainLevels } from "./explainLevels";
import { figureDetails, figureParts } from "./figures";
import { pageLanguage } from "./pageLanguage";
import { icon } from "./icons";
import { LightElement } from "./lightElement";
import { MarkdownView, type MarkdownTools } from "./markdownView";
import { answerTools } from "./messageTools";
import { isRunning } from "./state";
import { strings } from "./strings";

export class Answer extends LightElement {
  static override properties = {
    answer: { attribute: false },
    tools: { attribute: false },
    isLast: { attribute: false },
    busy: { attribute: false },
  };

  declare answer: ViewAnswer;
  declare tools: MarkdownTools;
  declare isLast: boolean;
  /** An answer is being written, this one or another. */
  declare busy: boolean;
  private readonly text = createRef<HTMLElement>();
  private view: MarkdownView | undefined;

  /** Text comes faster than the screen shows it: while it streams, one update a frame is enough. */
  protected override async scheduleUpdate(): Promise<void> {
    if (this.hasUpdated && isRunning(this.answer)) {
      await new Promise(requestAnimationFrame);
    }
    await super.scheduleUpdate();
  }

  protected override render(): TemplateResult {
    const running = isRunning(this.answer);
    const writing = this.answer.status.kind === "streaming" && this.answer.text !== "";
    return html`<article
      class=${this.isLast ? "answer last" : "answer"}
      aria-label=${strings.assistant}
      aria-busy=${running ? "true" : "false"}
      tabindex=${this.isLast ? 0 : -1}
    >
      <div class=${writing ? "markdown writing" : "markdown"} data-message=${this.answer.id} ${ref(this.text)}></div>
      ${statusLine(this.answer.status, this.answer.text === "")}
      ${
        running
          ? nothing
          : html`<div class="answer-end">${footer(this.answer.status)}${answerTools(this.answer, this)}</div>
              ${explainLevels(this.answer, this)}`
      }
    </article>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (this.text.value !== undefined && changed.has("answer")) {
      this.view ??= new MarkdownView(this.text.value, this.tools);
      this.view.update(this.answer.text, !isRunning(this.answer), this.answer.lines);
    }
  }
}

function statusLine(status: AnswerStatus, noText: boolean): TemplateResult | typeof nothing {
  switch (status.kind) {
    case "waiting":
      return progress(status.reason);
    case "streaming":
      return noText ? progress(strings.thinking) : nothing;
    case "done":
      return note(status.note);
    case "stopped":
      return html`<p class="status">${icon("stop-circle")}<span>${strings.stopped}</span></p>`;
    case "failed":
      return failure(status);
    default:
      return assertNever(status);
  }
}

function progress(text: string): TemplateResult {
  return html`<p class="status">
    <span class="codicon codicon-loading codicon-modifier-spin" aria-hidden="true"></span><span>${text}</span>
  </p>`;
}

function note(text: string | undefined): TemplateResult | typeof nothing {
  return text === undefined ? nothing : html`<p class="status note">${icon("info")}<span>${text}</span></p>`;
}

function footer(status: AnswerStatus): TemplateResult | typeof nothing {
  return "figures" in status && status.figures !== undefined ? figuresLine(status.figures) : nothing;
}

function figuresLine(figures: GenerationFigures): TemplateResult {
  const language = pageLanguage();
  return html`<footer class="figures" title=${figureDetails(figures, language)}>
    ${figureParts(figures, language).map((part) => html`<span>${part}</span>`)}
  </footer>`;
}

function failure(status: Extract<AnswerStatus, { kind: "failed" }>): TemplateResult {
  return html`<div class="notice failed">
    <p class="message">${icon("error")}${status.message}</p>
    <div class="buttons">
      ${failureActions(status.code).map(
        ({ type, label }) => html`<vscode-button secondary @click=${onUse({ type })}>${label}</vscode-button>`,
      )}
    </div>
  </div>`;
}

/** The page's root element: keeps the state, hands it down, and is the only one that talks to the extension. */
import { html, nothing, type TemplateResult } from "lit";
import { createRef, ref } from "lit/directives/ref.js";
import type { ToView } from "../protocol/chatView";
import { ActionEvent, type PageAction } from "./actions";
import { announcement } from "./announce";
import type { Composer } from "./composer";
import { emptyState } from "./emptyState";
import { engineNotice } from "./engineNotice";
import { LightElement } from "./lightElement";
import { linkedLines } from "./lineLinks";
import type { MarkdownTools } from "./markdownView";
import { differs } from "./optionValues";
import { restoreNotice } from "./restoreNotice";
import type { QuestionEdit, SavedState } from "./savedState";
import { initialState, lastQuestion, reduce, runningAnswer, type PageState } from "./state";
import type { ViewHost } from "./vscodeApi";

export class ChatApp extends LightElement {
  static override properties = {
    page: { state: true },
    saved: { state: true },
    announced: { state: true },
  };

  declare private page: PageState;
  declare private saved: SavedState;
  declare private announced: string;
  private readonly composer = createRef<Composer>();

  constructor(
    private readonly host: ViewHost,
    private readonly tools: MarkdownTools,
  ) {
    super();
    this.page = initialState;
    this.saved = host.load();
    this.announced = "";
    this.addEventListener(ActionEvent.eventName, (event) => {
      if (event instanceof ActionEvent) {
        this.act(event.action);
      }
    });
    this.addEventListener("click", this.onClick);
    this.addEventListener("auxclick", this.onClick);
    this.addEventListener("keydown", this.onKeyDown);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.host.post({ type: "ready" });
    this.host.post({ type: "draft", text: this.saved.draft });
  }

  /** Takes a message from the extension. */
  receive(message: ToView): void {
    const before = this.page;
    this.page = reduce(before, message);
    if (message.type === "focusInput") {
      void this.updateComplete.then(() => this.composer.value?.focusInput());
    } else if (message.type === "suggestions") {
      this.composer.value?.receiveSuggestions(message);
    } else if (message.type === "takenBack") {
      this.takeBack(message.text);
    } else if (message.type === "pastedIsCode") {
      this.composer.value?.takeOutPaste(message.text);
    } else if (message.type === "message") {
      this.announced = announcement(before.messages, this.page.messages) ?? this.announced;
    }
  }

  protected override render(): TemplateResult {
    const { connected, messages, pending, engine, options, usage } = this.page;
    const optionsOpen = this.saved.optionsOpen && options !== undefined;
    return html`${connected ? this.conversation() : html`<div class="empty"></div>`}
      ${restoreNotice(this.page.restorable)}
      ${optionsOpen ? html`<llama2-options .options=${options}></llama2-options>` : nothing}
      <llama2-composer
        .draft=${this.saved.draft}
        .pending=${pending}
        .running=${runningAnswer(this.page) !== undefined}
        .engine=${engine}
        .lastQuestion=${lastQuestion(this.page)}
        .usage=${usage}
        .optionsOpen=${optionsOpen}
        .optionsChanged=${options !== undefined && differs(options)}
        ${ref(this.composer)}
      ></llama2-composer>
      <div class="visually-hidden" role="status" aria-live="polite">${messages.length > 0 ? this.announced : ""}</div>`;
  }

  private conversation(): TemplateResult {
    const { messages, engine } = this.page;
    return messages.length === 0
      ? emptyState(engine)
      : html`<llama2-message-list
            .messages=${messages}
            .tools=${this.tools}
            .startAt=${this.saved.scroll}
            .busy=${runningAnswer(this.page) !== undefined}
            .seenFrom=${this.page.seenFrom}
            .edit=${this.saved.edit}
          ></llama2-message-list>
          ${engineNotice(engine)}`;
  }

  private act(action: PageAction): void {
    switch (action.type) {
      case "draft":
        this.save({ ...this.saved, draft: action.text });
        this.host.post(action); // the extension counts what the question would cost
        break;
      case "edit":
        this.edit(action.edit);
        break;
      case "resend":
        this.edit(undefined);
        this.host.post(action);
        break;
      case "showOptions":
        this.save({ ...this.saved, optionsOpen: action.open });
        if (!action.open) {
          void this.updateComplete.then(() => this.composer.value?.focusOptions());
        }
        break;
      case "scrolled":
        this.save({ ...this.saved, scroll: action.position });
        break;
      case "deleteExchange":
      case "restore":
      case "explainAgain":
        this.host.post(action);
        this.composer.value?.focusInput(); // what had the focus is gone
        break;
      default:
        this.host.post(action);
    }
  }

  /** After the edit the keyboard goes on in the box. */
  private edit(edit: QuestionEdit | undefined): void {
    this.save({ ...this.saved, edit });
    if (edit === undefined) {
      this.composer.value?.focusInput();
    }
  }

  /** A question that was taken back stands before what has been written meanwhile. */
  private takeBack(text: string): void {
    const { draft } = this.saved;
    this.act({ type: "draft", text: draft.trim() === "" ? text : `${text}\n\n${draft}` });
    void this.updateComplete.then(() => this.composer.value?.focusInput());
  }

  private save(state: SavedState): void {
    this.saved = state;
    this.host.save(state);
  }

  /** Links are opened by the extension. VS Code's own listener stands further up and must not open them a second time. */
  private readonly onClick = (event: MouseEvent): void => {
    const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement);
    if (link === undefined) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const lines = linkedLines(link);
    if (lines !== undefined) {
      const messageId = link.closest<HTMLElement>("[data-message]")?.dataset["message"] ?? "";
      this.host.post({ type: "openLines", messageId, ...lines });
      return;
    }
    const href = link.getAttribute("href") ?? "";
    if (href !== "" && event.button <= 1) {
      this.host.post({ type: "openLink", href });
    }
  };

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && !event.isComposing && runningAnswer(this.page) !== undefined) {
      event.preventDefault();
      this.host.post({ type: "stop" });
    }
  };
}

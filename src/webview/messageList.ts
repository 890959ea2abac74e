/** The conversation: scrolls with its end until the reader scrolls up, and then stays where they read. */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { createRef, ref } from "lit/directives/ref.js";
import { repeat } from "lit/directives/repeat.js";
import type { ViewMessage } from "../protocol/chatView";
import { ActionEvent } from "./actions";
import { iconButton } from "./icons";
import { moveAmongMessages } from "./messageFocus";
import { LightElement } from "./lightElement";
import type { MarkdownTools } from "./markdownView";
import { question } from "./question";
import type { QuestionEdit, ScrollPosition } from "./savedState";
import { strings } from "./strings";

/** So close to the end counts as at the end: zoomed pages have fractions of pixels. */
const endTolerancePx = 4;

export class MessageList extends LightElement {
  static override properties = {
    messages: { attribute: false },
    tools: { attribute: false },
    startAt: { attribute: false },
    busy: { attribute: false },
    seenFrom: { attribute: false },
    edit: { attribute: false },
    following: { state: true },
  };

  declare messages: readonly ViewMessage[];
  declare tools: MarkdownTools;
  /** Where to scroll to at first. */
  declare startAt: ScrollPosition;
  /** An answer is being written. */
  declare busy: boolean;
  /** The oldest question that the model still sees; `undefined`: all of them. */
  declare seenFrom: string | undefined;
  /** The question that is being edited. */
  declare edit: QuestionEdit | undefined;
  declare private following: boolean;
  private readonly scroller = createRef<HTMLElement>();
  private readonly content = createRef<HTMLElement>();
  private lastTop = 0;
  private readonly sizes = new ResizeObserver(() => {
    this.followEnd();
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.following = this.startAt.kind === "end";
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
  }

  protected override render(): TemplateResult {
    const edited = this.edit === undefined ? -1 : this.messages.findIndex(({ id }) => id === this.edit?.messageId);
    return html`<div
        class="scroller"
        role="log"
        aria-live="off"
        aria-label=${strings.conversation}
        tabindex="0"
        @scroll=${this.onScroll}
        @scrollend=${this.onScrollEnd}
        @keydown=${moveAmongMessages}
        ${ref(this.scroller)}
      >
        <div class="content" ${ref(this.content)}>
          ${repeat(
            this.messages,
            ({ id }) => id,
            (message, index) => this.message(message, index, edited >= 0 && index > edited),
          )}
        </div>
      </div>
      ${
        this.following
          ? nothing
          : iconButton({
              icon: "arrow-down",
              label: strings.jumpToLatest,
              className: "jump",
              onClick: () => {
                this.following = true;
              },
            })
      }`;
  }

  /** `isDropped`: asking the edited question again would drop it. */
  private message(message: ViewMessage, index: number, isDropped: boolean): TemplateResult {
    const isLast = index >= this.messages.length - 2;
    const { busy, edit } = this;
    if (message.role === "assistant") {
      return html`<llama2-answer
        class=${isDropped ? "dropped" : ""}
        .answer=${message}
        .tools=${this.tools}
        .isLast=${isLast}
        .busy=${busy}
      ></llama2-answer>`;
    }
    const horizon =
      message.id === this.seenFrom ? html`<p class="horizon"><span>${strings.horizon}</span></p>` : nothing;
    return edit?.messageId === message.id
      ? html`${horizon}<llama2-question-editor
            .question=${message}
            .edit=${edit}
            .busy=${busy}
            .isLast=${isLast}
          ></llama2-question-editor>`
      : html`${horizon}${question(message, { isLast, busy, isDropped })}`;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get("messages");
    if (before !== undefined && newestQuestion(this.messages) !== newestQuestion(before)) {
      this.following = true;
    }
  }

  protected override firstUpdated(): void {
    for (const { value } of [this.scroller, this.content]) {
      if (value !== undefined) {
        this.sizes.observe(value);
      }
    }
    if (this.startAt.kind === "at") {
      void this.restore(this.startAt.top);
    }
  }

  protected override updated(): void {
    this.followEnd();
  }

  /** The answers below draw themselves first: only then is there anything to scroll. */
  private async restore(top: number): Promise<void> {
    await new Promise(requestAnimationFrame);
    this.scroller.value?.scrollTo({ top });
  }

  private followEnd(): void {
    const scroller = this.scroller.value;
    if (this.following && scroller !== undefined) {
      scroller.scrollTop = scroller.scrollHeight;
    }
  }

  /** Going up, by however little, is the reader's wish; reaching the end is too. */
  private readonly onScroll = (): void => {
    const scroller = this.scroller.value;
    if (scroller === undefined) {
      return;
    }
    const below = scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
    if (below <= endTolerancePx) {
      this.following = true;
    } else if (scroller.scrollTop < this.lastTop) {
      this.following = false;
    }
    this.lastTop = scroller.scrollTop;
  };

  private readonly onScrollEnd = (): void => {
    const position: ScrollPosition = this.following
      ? { kind: "end" }
      : { kind: "at", top: this.scroller.value?.scrollTop ?? 0 };
    this.dispatchEvent(new ActionEvent({ type: "scrolled", position }));
  };
}

function newestQuestion(messages: readonly ViewMessage[]): string | undefined {
  return messages.findLast(({ role }) => role === "user")?.id;
}

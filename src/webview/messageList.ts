/**
 * The conversation: scrolls with its end until the reader scrolls up, and then stays where they read. A long one is drawn
 * from where they read, the rest while the page has nothing else to do.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { createRef, ref } from "lit/directives/ref.js";
import { repeat } from "lit/directives/repeat.js";
import type { ViewMessage } from "../protocol/chatView";
import { ActionEvent } from "./actions";
import { iconButton } from "./icons";
import { moveAmongMessages } from "./messageFocus";
import { LightElement } from "./lightElement";
import type { MarkdownTools } from "./markdownView";
import { firstWindow, follow, grow, isWhole, type MessageWindow } from "./messageWindow";
import { question } from "./question";
import type { QuestionEdit, ScrollPosition } from "./savedState";
import { strings } from "./strings";

/** So close to the end counts as at the end: zoomed pages have fractions of pixels. */
const endTolerancePx = 4;
/** Also a page that always has something to do draws the rest, by and by. */
const idleTimeoutMs = 200;
const messageElements = ":scope > article, :scope > llama2-answer, :scope > llama2-question-editor";

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
  private drawn: MessageWindow = { from: 0, to: 0 };
  private idle: number | undefined;
  /** How far above the end the reader is, while messages are added above. */
  private heldFromEnd: number | undefined;
  /** How much of the first message is to be above the view, until there is enough below it to scroll there. */
  private wantedOffset: number | undefined;
  private readonly sizes = new ResizeObserver(() => {
    this.keepPlace();
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.following = this.startAt.kind === "end";
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
    this.stopDrawing();
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
            this.messages.slice(this.drawn.from, this.drawn.to),
            ({ id }) => id,
            (message, place) => {
              const index = this.drawn.from + place;
              return this.message(message, index, edited >= 0 && index > edited);
            },
          )}
        </div>
      </div>
      ${this.following ? nothing : this.jumpButton()}`;
  }

  private jumpButton(): TemplateResult {
    return iconButton({
      icon: "arrow-down",
      label: strings.jumpToLatest,
      className: "jump",
      onClick: () => {
        this.following = true;
      },
    });
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
    if (!this.hasUpdated) {
      this.drawn = firstWindow(this.messages, this.startAt.kind === "at" ? this.startAt.messageId : undefined);
    } else if (before !== undefined) {
      this.drawn = follow(before, this.messages, this.drawn);
    }
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
    this.wantedOffset = this.startAt.kind === "at" ? this.startAt.offset : undefined;
  }

  protected override updated(): void {
    this.followEnd();
    if (!isWhole(this.messages, this.drawn)) {
      this.idle ??= requestIdleCallback(this.drawMore, { timeout: idleTimeoutMs });
    }
  }

  private readonly drawMore = (): void => {
    this.idle = undefined;
    const scroller = this.scroller.value;
    const { from } = this.drawn;
    this.drawn = grow(this.messages, this.drawn);
    if (scroller !== undefined && this.drawn.from < from) {
      this.heldFromEnd = scroller.scrollHeight - scroller.scrollTop;
    }
    this.requestUpdate();
  };

  private stopDrawing(): void {
    if (this.idle !== undefined) {
      cancelIdleCallback(this.idle);
      this.idle = undefined;
    }
  }

  /** Called when the messages have drawn themselves, before anybody sees it. */
  private keepPlace(): void {
    const scroller = this.scroller.value;
    const { heldFromEnd, wantedOffset } = this;
    this.heldFromEnd = undefined;
    if (scroller === undefined || this.following) {
      this.followEnd();
    } else if (wantedOffset !== undefined) {
      scroller.scrollTop += wantedOffset - this.offsetOf(this.elements()[0]);
      const isThere = this.offsetOf(this.elements()[0]) >= wantedOffset - 1 || this.drawn.to === this.messages.length;
      this.wantedOffset = isThere ? undefined : wantedOffset;
    } else if (heldFromEnd !== undefined) {
      scroller.scrollTop = scroller.scrollHeight - heldFromEnd;
    }
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
    if (below <= endTolerancePx && this.drawn.to === this.messages.length) {
      this.following = true;
    } else if (scroller.scrollTop < this.lastTop) {
      this.following = false;
    }
    this.lastTop = scroller.scrollTop;
  };

  private readonly onScrollEnd = (): void => {
    this.dispatchEvent(new ActionEvent({ type: "scrolled", position: this.position() }));
  };

  /** The message at the upper edge of the view, and how much of it is above. */
  private position(): ScrollPosition {
    const elements = this.elements();
    const index = elements.findIndex((element) => this.offsetOf(element) < element.getBoundingClientRect().height);
    const message = this.messages[this.drawn.from + index];
    return this.following || index === -1 || message === undefined
      ? { kind: "end" }
      : { kind: "at", messageId: message.id, offset: this.offsetOf(elements[index]) };
  }

  /** One for each message that is drawn. */
  private elements(): readonly Element[] {
    return [...(this.content.value?.querySelectorAll(messageElements) ?? [])];
  }

  /** How far the element's top is above the top of the view, in pixels. */
  private offsetOf(element: Element | undefined): number {
    const top = this.scroller.value?.getBoundingClientRect().top ?? 0;
    return top - (element?.getBoundingClientRect().top ?? top);
  }
}

function newestQuestion(messages: readonly ViewMessage[]): string | undefined {
  return messages.findLast(({ role }) => role === "user")?.id;
}

/**
 * The list over a message box: opens where the cursor stands in "@word" or "/word", asks the extension for entries while
 * the word grows, and does what is chosen. The box stays the page's own; it hands its events over.
 */
import { nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from "lit";
import type { SuggestReply, SuggestTrigger, Suggestion } from "../../protocol/chatView";
import { ActionEvent } from "../actions";
import { activeItem, answered, asked, moved, type ListState } from "./listState";
import { LIST_ID, optionId, suggestionList } from "./listView";
import { typedAt, withReplacement, withTrigger, type Replaced, type Typed } from "./trigger";

export interface SuggestParts {
  readonly box: () => HTMLTextAreaElement | undefined;
  /** Takes the text that a choice has made of the box's; the box shows it already. */
  readonly setText: (text: string) => void;
  /** Sends the message: Enter was pressed while it was not known yet that nothing matches. */
  readonly submit: () => void;
}

export class Suggest implements ReactiveController {
  private list: ListState | undefined;
  private lastId = 0;
  /** Where the word begins whose list was closed by Escape: it stays closed until another word. */
  private dismissedAt: number | undefined;
  /** Where the button typed a trigger, which leaves no trace when nothing is chosen. */
  private typedByButton: number | undefined;
  /** A key chose before the entries for the last letters had come. */
  private chooseWhenAnswered: "Enter" | "Tab" | undefined;

  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    private readonly parts: SuggestParts,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener("selectionchange", this.follow);
  }

  hostDisconnected(): void {
    document.removeEventListener("selectionchange", this.follow);
  }

  get isOpen(): boolean {
    return this.list !== undefined;
  }

  /** For `aria-activedescendant` of the box. */
  get activeId(): string | typeof nothing {
    return this.list === undefined || this.list.items.length === 0 ? nothing : optionId(this.list.active);
  }

  /** For `aria-controls` of the box. */
  get listId(): string | typeof nothing {
    return this.list === undefined ? nothing : LIST_ID;
  }

  render(): TemplateResult | typeof nothing {
    return this.list === undefined ? nothing : suggestionList({ state: this.list, choose: this.choose });
  }

  /** Takes entries from the extension. */
  receive(reply: SuggestReply): void {
    if (this.list?.id !== reply.id) {
      return;
    }
    this.list = answered(this.list, reply);
    this.host.requestUpdate();
    const key = this.chooseWhenAnswered;
    const item = activeItem(this.list);
    if (key !== undefined && (item !== undefined || reply.done)) {
      this.chooseWhenAnswered = undefined;
      if (item !== undefined) {
        this.choose(item);
      } else if (key === "Enter") {
        this.close();
        this.parts.submit();
      }
    }
  }

  /** Looks where the cursor is: after every change of the box's text, and whenever the cursor moves. */
  readonly follow = (): void => {
    const box = this.parts.box();
    const typed =
      box === undefined || box !== document.activeElement || box.selectionStart !== box.selectionEnd
        ? undefined
        : typedAt(box.value, box.selectionEnd);
    if (typed === undefined || typed.start !== this.dismissedAt) {
      this.dismissedAt = undefined;
    }
    if (typed === undefined || this.dismissedAt !== undefined) {
      this.close();
    } else if (!isSame(typed, this.list?.typed)) {
      this.ask(typed);
    }
  };

  /** Opens the list from a button: types its trigger into the box. */
  begin(trigger: SuggestTrigger): void {
    const box = this.parts.box();
    if (box !== undefined) {
      this.dismissedAt = undefined;
      box.focus();
      const replaced = withTrigger(box.value, box.selectionEnd, trigger);
      this.typedByButton = replaced.cursor - 1;
      this.write(box, replaced);
    }
  }

  /** Gets the box's keys first; true where one was for the list. */
  handleKey(event: KeyboardEvent): boolean {
    const handled = this.list === undefined ? this.openByKey(event) : this.keyInList(event, this.list);
    if (handled) {
      event.preventDefault();
      event.stopPropagation(); // Escape would stop the answer
    }
    return handled;
  }

  close(): void {
    if (this.list !== undefined) {
      this.list = undefined;
      this.chooseWhenAnswered = undefined;
      this.typedByButton = undefined;
      this.host.requestUpdate();
    }
  }

  private openByKey(event: KeyboardEvent): boolean {
    if (event.key !== " " || !event.ctrlKey) {
      return false;
    }
    this.dismissedAt = undefined;
    this.follow();
    return this.isOpen;
  }

  private keyInList(event: KeyboardEvent, list: ListState): boolean {
    if (event.shiftKey || event.altKey || event.metaKey || event.ctrlKey) {
      return false;
    }
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        this.list = moved(list, event.key === "ArrowDown" ? 1 : -1);
        this.host.requestUpdate();
        return true;
      case "Escape":
        this.dismiss(list);
        return true;
      case "Enter":
      case "Tab":
        return this.chooseByKey(event.key, list);
      default:
        return false;
    }
  }

  private chooseByKey(key: "Enter" | "Tab", list: ListState): boolean {
    const item = activeItem(list);
    if (list.answered && item !== undefined) {
      this.choose(item);
      return true;
    }
    if (list.done) {
      return false; // nothing matches: the key means what it always means
    }
    this.chooseWhenAnswered = key;
    return true;
  }

  private dismiss({ typed }: ListState): void {
    const byButton = this.typedByButton === typed.start && typed.query === "";
    this.dismissedAt = typed.start;
    this.close();
    const box = this.parts.box();
    if (byButton && box !== undefined) {
      this.write(box, withReplacement(box.value, typed, ""));
    }
  }

  private readonly choose = (item: Suggestion): void => {
    const box = this.parts.box();
    if (this.list === undefined || box === undefined) {
      return;
    }
    const { typed } = this.list;
    this.close();
    this.write(box, withReplacement(box.value, typed, item.insert ?? ""));
    if (item.insert === undefined) {
      this.host.dispatchEvent(new ActionEvent({ type: "pick", trigger: typed.trigger, item: item.id }));
    }
  };

  private ask(typed: Typed): void {
    this.lastId++;
    this.list = asked(this.list, typed, this.lastId);
    this.host.requestUpdate();
    const { trigger, query } = typed;
    this.host.dispatchEvent(new ActionEvent({ type: "suggest", id: this.lastId, trigger, query }));
  }

  private write(box: HTMLTextAreaElement, { text, cursor }: Replaced): void {
    box.value = text;
    box.setSelectionRange(cursor, cursor);
    this.parts.setText(text);
    this.follow();
  }
}

function isSame(one: Typed, other: Typed | undefined): boolean {
  return one.trigger === other?.trigger && one.query === other.query && one.start === other.start;
}

/**
 * A block of code in an answer: its language, buttons for it, and its lines in colours, of which only changed ones are
 * redrawn. Made by `new CodeBlock()`, never by its tag.
 */
import type { HLJSApi } from "highlight.js";
import { html, type PropertyValues, type TemplateResult } from "lit";
import { createRef, ref } from "lit/directives/ref.js";
import { onUse } from "./actions";
import { codeBlockActions } from "./codeBlockActions";
import { highlightLines, type CodeLine } from "./highlight";
import { LightElement } from "./lightElement";
import { format, strings } from "./strings";

const copiedShownMs = 2000;

export class CodeBlock extends LightElement {
  static override properties = {
    code: { attribute: false },
    language: { attribute: false },
    copied: { state: true },
    menuOpen: { state: true },
  };

  declare code: string;
  declare language: string;
  declare private copied: boolean;
  declare private menuOpen: boolean;
  private readonly lines = createRef<HTMLElement>();
  private drawn: readonly string[] = [];
  private copiedTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly highlighter: HLJSApi) {
    super();
    this.code = "";
    this.language = "";
    this.copied = false;
    this.menuOpen = false;
    this.addEventListener("focusout", (event) => {
      const { relatedTarget } = event;
      this.menuOpen &&= relatedTarget instanceof Node && this.contains(relatedTarget);
    });
    this.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.menuOpen) {
        event.stopPropagation(); // it would stop an answer that is being written
        this.toggleMenu();
      }
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.copiedTimer);
    this.copied = false;
  }

  protected override render(): TemplateResult {
    const name = this.language === "" ? strings.codeBlock : format(strings.codeBlockIn, this.language);
    return html`<div class="code-header">
        <span class="code-language">${this.language}</span>
        ${codeBlockActions({
          code: this.code,
          language: this.language,
          isCopied: this.copied,
          isMenuOpen: this.menuOpen,
          copy: this.copy,
          apply: this.apply,
          toggleMenu: this.toggleMenu,
        })}
      </div>
      <pre
        tabindex="0"
        role="group"
        dir="ltr"
        translate="no"
        aria-label=${name}
      ><code ${ref(this.lines)}></code></pre>`;
  }

  protected override updated(changed: PropertyValues): void {
    if (this.lines.value !== undefined && (changed.has("code") || changed.has("language"))) {
      const lines = highlightLines(this.highlighter, this.code, this.language);
      this.drawn = drawLines(this.lines.value, lines, this.drawn);
    }
  }

  /** The answer that the block stands in says which files it may be for. */
  private readonly apply = (event: Event): void => {
    const messageId = this.closest<HTMLElement>("[data-message]")?.dataset["message"] ?? "";
    onUse({ type: "apply", code: this.code, messageId })(event);
  };

  private readonly toggleMenu = (): void => {
    this.menuOpen = !this.menuOpen;
    void this.updateComplete.then(() => {
      this.querySelector<HTMLElement>(this.menuOpen ? "[role=menuitem]" : ".more")?.focus();
    });
  };

  private readonly copy = (event: Event): void => {
    onUse({ type: "copy", code: this.code })(event);
    this.copied = true;
    clearTimeout(this.copiedTimer);
    this.copiedTimer = setTimeout(() => {
      this.copied = false;
    }, copiedShownMs);
  };
}

/** Redraws the lines whose tokens differ from what was drawn; answers what is drawn now, one key a line. */
function drawLines(target: HTMLElement, lines: readonly CodeLine[], drawn: readonly string[]): readonly string[] {
  const keys = lines.map((line, index) => JSON.stringify([line, index === lines.length - 1]));
  for (const [index, line] of lines.entries()) {
    if (keys[index] === drawn[index]) {
      continue;
    }
    const isLast = index === lines.length - 1;
    const element = target.children[index] ?? target.appendChild(document.createElement("span"));
    element.replaceChildren(...line.map(tokenNode), ...(isLast ? [] : ["\n"]));
  }
  while (target.children.length > lines.length) {
    target.lastElementChild?.remove();
  }
  return keys;
}

function tokenNode({ text, className }: CodeLine[number]): Node | string {
  if (className === "") {
    return text;
  }
  const element = document.createElement("span");
  element.className = className;
  element.textContent = text;
  return element;
}

/**
 * The buttons of a block of code. Where the page is narrow the less common ones stand in a menu behind "…": both are drawn,
 * and the style sheet shows one of them by the block's own width.
 */
import { html, nothing, type TemplateResult } from "lit";
import type { FromView } from "../protocol/chatView";
import { onUse } from "./actions";
import { icon, iconButton } from "./icons";
import { strings } from "./strings";

export interface CodeBlockFacts {
  readonly code: string;
  readonly language: string;
  readonly isCopied: boolean;
  readonly isMenuOpen: boolean;
  readonly copy: (event: Event) => void;
  readonly apply: (event: Event) => void;
  /** Opens or closes the menu. */
  readonly toggleMenu: () => void;
}

interface Action {
  readonly icon: string;
  readonly label: string;
  readonly run: (event: Event) => void;
}

export function codeBlockActions(facts: CodeBlockFacts): TemplateResult {
  const { isCopied, isMenuOpen, copy, apply, toggleMenu } = facts;
  const lesser = lesserActions(facts);
  return html`
    ${iconButton({ icon: isCopied ? "check" : "copy", label: isCopied ? strings.copied : strings.copyCode, onClick: copy })}
    ${iconButton({ icon: "git-compare", label: strings.applyCode, onClick: apply })}
    ${lesser.map(({ icon: name, label, run }) => iconButton({ icon: name, label, className: "lesser", onClick: run }))}
    <button
      type="button"
      class="icon-button more"
      title=${strings.moreActions}
      aria-label=${strings.moreActions}
      aria-haspopup="menu"
      aria-expanded=${isMenuOpen ? "true" : "false"}
      @click=${toggleMenu}
    >
      ${icon("ellipsis")}
    </button>
    ${isMenuOpen ? menu(lesser, toggleMenu) : nothing}
  `;
}

function lesserActions({ code, language }: CodeBlockFacts): readonly Action[] {
  const action = (name: string, label: string, message: FromView): Action => ({
    icon: name,
    label,
    run: onUse(message),
  });
  return [
    action("insert", strings.insertCode, { type: "insert", code }),
    action("replace", strings.replaceSelection, { type: "replaceSelection", code }),
    action("new-file", strings.newFile, { type: "newFile", code, language }),
  ];
}

function menu(actions: readonly Action[], close: () => void): TemplateResult {
  return html`<div class="menu" role="menu" aria-label=${strings.moreActions} @keydown=${onMenuKey}>
    ${actions.map(
      ({ icon: name, label, run }, index) =>
        html`<button
          type="button"
          role="menuitem"
          tabindex=${index === 0 ? "0" : "-1"}
          @click=${(event: Event) => {
            run(event);
            close();
          }}
        >
          ${icon(name)}<span>${label}</span>
        </button>`,
    )}
  </div>`;
}

/** Up and down go around, home and end to the ends, as in every menu. */
function onMenuKey(event: KeyboardEvent): void {
  const { currentTarget, target } = event;
  if (!(currentTarget instanceof HTMLElement) || !(target instanceof HTMLElement)) {
    return;
  }
  const items = [...currentTarget.querySelectorAll<HTMLElement>("[role=menuitem]")];
  const next = nextIndex(event.key, items.indexOf(target), items.length);
  if (next !== undefined) {
    event.preventDefault();
    items.forEach((item, index) => {
      item.tabIndex = index === next ? 0 : -1;
    });
    items[next]?.focus();
  }
}

function nextIndex(key: string, index: number, count: number): number | undefined {
  switch (key) {
    case "ArrowDown":
      return (index + 1) % count;
    case "ArrowUp":
      return (index + count - 1) % count;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}

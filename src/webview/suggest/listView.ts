/**
 * Draws the list over the message box. The keyboard's focus stays in the box, which names the active entry
 * (`aria-activedescendant`). A text box of many lines may not be a combobox in ARIA, so that it is open and how many
 * entries it has is said in a live region instead of `aria-expanded`.
 */
import { html, nothing, type TemplateResult } from "lit";
import { ref } from "lit/directives/ref.js";
import type { Suggestion } from "../../protocol/chatView";
import { icon } from "../icons";
import { format, strings } from "../strings";
import { groupsOf, type Group, type ListState } from "./listState";

export const LIST_ID = "suggestions";

export function optionId(index: number): string {
  return `suggestion-${String(index)}`;
}

export interface ListView {
  readonly state: ListState;
  readonly choose: (item: Suggestion) => void;
}

export function suggestionList({ state, choose }: ListView): TemplateResult {
  const label = state.typed.trigger === "@" ? strings.addContext : strings.commands;
  const { items, answered: fresh } = state;
  const groups = groupsOf(items);
  return html`<div class="suggestions" @mousedown=${keepFocus}>
      <div id=${LIST_ID} role="listbox" tabindex="-1" aria-label=${label} aria-busy=${state.done ? "false" : "true"}>
        ${groups.map((group, at) => groupView(group, at, { state, choose }))}
      </div>
      ${items.length > 0 ? nothing : html`<p class="suggestions-empty">${emptyText(state)}</p>`}
    </div>
    <div class="visually-hidden" role="status">
      ${fresh && items.length > 0 ? format(strings.suggestionCount, items.length) : nothing}
    </div>`;
}

function groupView({ title, items }: Group, at: number, view: ListView): TemplateResult {
  const options = items.map(({ item, index }) => optionView(item, index, view));
  if (title === undefined) {
    return html`${options}`;
  }
  const id = `suggestion-group-${String(at)}`;
  return html`<div role="group" aria-labelledby=${id}>
    <div class="suggestion-group" id=${id} role="presentation">${title}</div>
    ${options}
  </div>`;
}

function optionView(item: Suggestion, index: number, { state, choose }: ListView): TemplateResult {
  const active = index === state.active;
  return html`<div
    role="option"
    id=${optionId(index)}
    class=${active ? "suggestion active" : "suggestion"}
    aria-selected=${active ? "true" : "false"}
    title=${item.detail === undefined ? item.label : `${item.label} – ${item.detail}`}
    @click=${() => {
      choose(item);
    }}
    ${active ? ref(intoView) : nothing}
  >
    ${icon(item.icon)}<span class="suggestion-label" dir="auto">${marked(item.label, item.matches ?? [])}</span>
    ${item.detail === undefined ? nothing : html`<span class="suggestion-detail" dir="auto">${item.detail}</span>`}
  </div>`;
}

function emptyText({ done }: ListState): string {
  return done ? strings.noSuggestions : strings.searching;
}

/** The label with the letters that were found in bold. */
function marked(label: string, matches: readonly number[]): (TemplateResult | string)[] {
  const found = new Set(matches);
  const parts: (TemplateResult | string)[] = [];
  for (let from = 0; from < label.length;) {
    const bold = found.has(from);
    let to = from + 1;
    while (to < label.length && found.has(to) === bold) {
      to++;
    }
    const text = label.slice(from, to);
    parts.push(bold ? html`<b>${text}</b>` : text);
    from = to;
  }
  return parts;
}

function keepFocus(event: Event): void {
  event.preventDefault();
}

function intoView(element: Element | undefined): void {
  element?.scrollIntoView({ block: "nearest" });
}

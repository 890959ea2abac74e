/** Draws a growing Markdown text into an element: one child a block, of which only the open ones are touched again. */
import type { HLJSApi } from "highlight.js";
import { BlockStream } from "./blockStream";
import { CodeBlock } from "./codeBlock";
import type { LineRange } from "../protocol/chatView";
import { languageOf } from "./highlight";
import { linkLines } from "./lineLinks";
import type { MarkdownParser } from "./markdown";
import { patchChildren } from "./patchDom";
import { sanitise } from "./sanitise";
import { strings } from "./strings";

/** Made once for the page; both are costly to build. */
export interface MarkdownTools {
  readonly parser: MarkdownParser;
  readonly highlighter: HLJSApi;
}

export class MarkdownView {
  private stream: BlockStream;
  private lines: LineRange | undefined;

  constructor(
    private readonly container: HTMLElement,
    private readonly tools: MarkdownTools,
  ) {
    this.stream = new BlockStream(tools.parser);
  }

  /** Shows the whole text so far. `complete`: no more will come. `lines` are those that become links. */
  update(text: string, complete: boolean, lines?: LineRange): void {
    if (lines?.first !== this.lines?.first || lines?.last !== this.lines?.last) {
      this.lines = lines;
      this.stream = new BlockStream(this.tools.parser); // every block is drawn again, with links or without
    }
    const { keep, blocks } = this.stream.update(text, complete);
    const { children } = this.container;
    for (const [index, html] of blocks.entries()) {
      const block = children[keep + index] ?? this.container.appendChild(createBlock());
      patchChildren(block, this.fragment(html));
    }
    while (children.length > keep + blocks.length) {
      this.container.lastElementChild?.remove();
    }
  }

  private fragment(html: string): DocumentFragment {
    const fragment = sanitise(html);
    for (const pre of fragment.querySelectorAll("pre")) {
      const block = new CodeBlock(this.tools.highlighter);
      block.language = languageOf(pre.firstElementChild?.className.replace("language-", "") ?? "");
      block.code = pre.textContent.replace(/\n$/, "");
      pre.replaceWith(block);
    }
    if (this.lines !== undefined) {
      linkLines(fragment, this.lines);
    }
    for (const table of fragment.querySelectorAll("div.table")) {
      table.setAttribute("tabindex", "0"); // it scrolls sideways, by keyboard too
      table.setAttribute("role", "group");
      table.setAttribute("aria-label", strings.table);
    }
    return fragment;
  }
}

/** Each block finds its own writing direction. */
function createBlock(): HTMLElement {
  const block = document.createElement("div");
  block.className = "block";
  block.dir = "auto";
  return block;
}

/** Base of the page's elements: they render into themselves, so that one stylesheet and one selection reach everything. */
import { LitElement } from "lit";

export abstract class LightElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}

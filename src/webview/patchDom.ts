/**
 * Makes DOM look like other DOM by the fewest changes, so that what is already on the page keeps its place, its focus and
 * its selection while an answer grows.
 */
import { CodeBlock } from "./codeBlock";

/** Gives `target` the children of `source`; nodes that are new to it are moved, the others are left behind. */
export function patchChildren(target: Node, source: Node): void {
  const wanted = [...source.childNodes];
  for (const [index, node] of wanted.entries()) {
    const present = target.childNodes[index];
    if (present === undefined) {
      target.appendChild(node);
    } else if (!patchNode(present, node)) {
      target.replaceChild(node, present);
    }
  }
  while (target.childNodes.length > wanted.length) {
    target.lastChild?.remove();
  }
}

/** False where the one cannot become the other. */
function patchNode(present: Node, wanted: Node): boolean {
  if (present instanceof Text && wanted instanceof Text) {
    patchText(present, wanted.data);
    return true;
  }
  if (present instanceof CodeBlock && wanted instanceof CodeBlock) {
    present.code = wanted.code;
    present.language = wanted.language;
    return true;
  }
  if (present instanceof CodeBlock || !(present instanceof Element) || !(wanted instanceof Element)) {
    return false;
  }
  if (present.tagName !== wanted.tagName) {
    return false;
  }
  patchAttributes(present, wanted);
  patchChildren(present, wanted);
  return true;
}

/** Appending leaves a selection in the text alone; replacing would collapse it. */
function patchText(present: Text, text: string): void {
  if (text.startsWith(present.data)) {
    if (text.length > present.data.length) {
      present.appendData(text.slice(present.data.length));
    }
  } else {
    present.data = text;
  }
}

function patchAttributes(present: Element, wanted: Element): void {
  for (const { name } of [...present.attributes]) {
    if (!wanted.hasAttribute(name)) {
      present.removeAttribute(name);
    }
  }
  for (const { name, value } of wanted.attributes) {
    if (present.getAttribute(name) !== value) {
      present.setAttribute(name, value);
    }
  }
}

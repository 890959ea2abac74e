/** HTML made from a model's Markdown -> DOM that can only show text: the second lock behind the Markdown parser's own. */
import DOMPurify from "dompurify";

const allowedTags = [
  ...["p", "br", "hr", "blockquote", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "code"],
  ...["strong", "em", "s", "a", "div", "table", "thead", "tbody", "tr", "th", "td"],
];

export function sanitise(html: string): DocumentFragment {
  return DOMPurify.sanitize(html, {
    ALLOWED_TAGS: allowedTags,
    ALLOWED_ATTR: ["class", "href", "title", "start"],
    ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    RETURN_DOM_FRAGMENT: true,
  });
}

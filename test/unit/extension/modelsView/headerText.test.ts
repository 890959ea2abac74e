/** Headers as text. */
import * as assert from "node:assert/strict";
import { inEnglish } from "../../../../src/base/localize";
import { headerJson, headerMarkdown } from "../../../../src/extension/modelsView/headerText";
import { escapeMarkdown, markdownCode } from "../../../../src/extension/modelsView/markdown";
import { DESCRIPTION, FITS } from "./facts";

const HEADER = {
  description: DESCRIPTION,
  fit: FITS,
  tensors: 291,
  parameters: 6_738_546_688,
  metadata: { "general.name": "a | b\n`c`", "llama.block_count": 32, template: "x".repeat(1000) },
};

suite("the header of a model as text", () => {
  test("in Markdown has a table of everything, whose cells stay cells", () => {
    const text = headerMarkdown(HEADER, inEnglish);
    assert.match(text, /^# codellama/);
    assert.match(text, /6,738,546,688 weights in 291 tensors/);
    assert.match(text, /^\| `llama\.block_count` \| 32 \|$/m);
    assert.match(text, /^\| `general\.name` \| `` a \\\| b `c` `` \|$/m);
    assert.ok(text.length < 1500, "a long template is cut");
  });

  test("in JSON has everything", () => {
    assert.deepEqual(JSON.parse(headerJson(HEADER)), HEADER);
  });
});

suite("foreign text in Markdown", () => {
  test("is no markup", () => {
    assert.equal(escapeMarkdown("<b> [a](b) *c* $(icon)"), "\\<b\\> \\[a\\]\\(b\\) \\*c\\* $\\(icon\\)");
    assert.equal(markdownCode("a`b"), "`` a`b ``");
    assert.equal(markdownCode("a\nb"), "`a b`");
  });
});

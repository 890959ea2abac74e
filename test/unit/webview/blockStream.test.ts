/** A growing text gives the same blocks as the finished text, and never takes a finished block back. */
import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { BlockStream } from "../../../src/webview/blockStream";
import { MarkdownParser } from "../../../src/webview/markdown";

const parser = new MarkdownParser();

const sample = [
  "Here is **k-nearest neighbours** in `Python`, see [docs][1]:",
  "```python\nclass KNN:\n\n    def fit(self):\n        pass\n```",
  "How it works:\n1. `fit` remembers.\n2. `predict` sorts:\n   ```js\n   const a = 1;\n   ```\n\n3. The **majority** wins.",
  "- a\n\n  b\n\n- c",
  "> quote\n> goes on",
  "| k | Test |\n|:--|----:|\n| 1 | **91** |",
  "text\n| a |\n|---|\n| 1 |",
  "[1]: https://example.org",
  "after [docs][1]",
  "---\n\n    indented\n\n# End",
].join("\n\n");

/** What the page shows: blocks kept and replaced as the updates say. */
class Shown {
  readonly blocks: string[] = [];
  private readonly stream = new BlockStream(parser);

  update(text: string, complete = false): number {
    const { keep, blocks } = this.stream.update(text, complete);
    this.blocks.splice(keep, Infinity, ...blocks);
    return keep;
  }
}

function shownAtOnce(text: string): string[] {
  const shown = new Shown();
  shown.update(text, true);
  return shown.blocks;
}

suite("streamed Markdown", () => {
  test("character by character it ends as the whole text", () => {
    // a definition counts from its place on, so the reference before it stays text in both
    const text = sample.replace("[docs][1]:", "docs:");
    const shown = new Shown();
    for (let length = 1; length <= text.length; length++) {
      shown.update(text.slice(0, length));
    }
    shown.update(text, true);
    assert.deepEqual(shown.blocks, shownAtOnce(text));
  });

  test("whatever the text and its pieces, it ends as the whole text", () => {
    const line = fc.constantFrom(
      "- a",
      "  b",
      "",
      "1. x",
      "2. y",
      "```",
      "```js",
      "> q",
      "# h",
      "| a |",
      "|---|",
      "t **b",
      "===",
    );
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 12 }),
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 60 }),
        (lines, steps) => {
          const text = lines.join("\n");
          const shown = new Shown();
          let end = 0;
          for (const step of steps) {
            end = Math.min(text.length, end + step);
            shown.update(text.slice(0, end));
          }
          shown.update(text, true);
          assert.deepEqual(shown.blocks, shownAtOnce(text));
        },
      ),
    );
  });

  test("finished blocks stay, and only a few at the end are given again", () => {
    const shown = new Shown();
    const given: number[] = [];
    for (let length = 1; length <= sample.length; length++) {
      const before = [...shown.blocks];
      const keep = shown.update(sample.slice(0, length));
      assert.deepEqual(shown.blocks.slice(0, keep), before.slice(0, keep));
      given.push(shown.blocks.length - keep);
    }
    assert.ok(Math.max(...given) <= 4);
  });

  test("no half mark is ever shown as text", () => {
    const shown = new Shown();
    const text =
      "Use **bold**, `code`, [docs](https://example.org):\n\n- **one**\n- `two`\n\n```js\nx\n```\n\n## Head\n\nend";
    for (let length = 1; length <= text.length; length++) {
      shown.update(text.slice(0, length));
      const words = shown.blocks.join("").replace(/<[^>]*>/g, "");
      assert.doesNotMatch(words, /\*\*|`|\]\(|#/, text.slice(0, length));
    }
  });

  test("a text that is replaced by another is given anew", () => {
    const shown = new Shown();
    shown.update("one\n\ntwo\n\nthree\n");
    assert.equal(shown.update("other"), 0);
    assert.deepEqual(shown.blocks, ["<p>other</p>\n"]);
  });

  test("white space that is trimmed at the end changes no block", () => {
    const shown = new Shown();
    shown.update("one\n\ntwo\n\n\n");
    assert.ok(shown.update("one\n\ntwo", true) >= 1);
    assert.deepEqual(shown.blocks, ["<p>one</p>\n", "<p>two</p>\n"]);
  });

  test("carriage returns do not matter", () => {
    assert.deepEqual(shownAtOnce("a\r\n\r\n```\r\nx\r\n```"), shownAtOnce("a\n\n```\nx\n```"));
  });
});

/** Markdown of a model becomes harmless HTML, one string a block. */
import * as assert from "node:assert/strict";
import { MarkdownParser } from "../../../src/webview/markdown";

const parser = new MarkdownParser();

function html(source: string, open = false): string[] {
  return parser.blocks(source, { references: {}, open }).map((block) => block.html.trim());
}

suite("Markdown of an answer", () => {
  test("each top-level block is one piece and knows its line", () => {
    const blocks = parser.blocks("para\n\n- a\n- b\n\n```js\nx\n\ny\n```\n# T", { references: {}, open: false });
    assert.deepEqual(
      blocks.map(({ line }) => line),
      [0, 2, 5, 10],
    );
  });

  test("HTML is text", () => {
    assert.deepEqual(html("<script>alert(1)</script> <img src=x onerror=y>"), [
      "<p>&lt;script&gt;alert(1)&lt;/script&gt; &lt;img src=x onerror=y&gt;</p>",
    ]);
  });

  test("an image is its alternative text", () => {
    assert.deepEqual(html("![a **cat** <b>](https://example.org/cat.png)"), ["<p>a cat &lt;b&gt;</p>"]);
  });

  test("a script address is no link", () => {
    assert.ok(!html("[a](javascript:alert(1)) [b](vbscript:x) [c](data:text/html,x)").join("").includes("<a"));
  });

  for (const hostile of [
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "[a](java\tscript:alert(1)) [b](JAVASCRIPT:alert(1)) [c](&#106;avascript:alert(1)) <javascript:alert(1)>",
    "[a](command:workbench.action.quit) [b](vscode://x/y) [c](file:///etc/passwd) [d](blob:x) [e](//evil.example)",
    "![x](javascript:alert(1)) ![x](data:image/svg+xml,<svg/onload=alert(1)>)",
    "<table><td onclick=alert(1)>x</p></b><!-- <![CDATA[ ]]> <?php ?> </div",
    '```"><img src=x onerror=alert(1)>\ncode\n```',
    '[x](https://example.org/"onmouseover="alert(1)) https://example.org/"><script>alert(1)</script>',
    "[x]: javascript:alert(1)\n\n[x]",
  ]) {
    test(`${JSON.stringify(hostile.slice(0, 40))} makes no element of its own and no address but of the web`, () => {
      for (const open of [true, false]) {
        const markup = html(hostile, open).join("\n");
        const tags = [...markup.matchAll(/<\/?([a-z0-9]+)/gi)].map(([, tag]) => tag);
        const known = ["p", "pre", "code", "a", "em", "strong", "table", "thead", "tbody", "tr", "th", "td", "div"];
        assert.deepEqual(
          tags.filter((tag) => !known.includes(tag ?? "")),
          [],
          markup,
        );
        assert.doesNotMatch(markup, /<[^>]*\son\w+=/i);
        for (const [, href = ""] of markup.matchAll(/<a[^>]* href="([^"]*)"/g)) {
          // the sanitiser behind takes the others away; only these are ever opened
          assert.doesNotMatch(href, /^\s*(?:javascript|vbscript|data|file):/i);
        }
      }
    });
  }

  test("a link says where it leads", () => {
    assert.deepEqual(html("[docs](https://example.org 'trust me')"), [
      '<p><a href="https://example.org" title="https://example.org">docs</a></p>',
    ]);
  });

  test("full addresses are links, file names are not", () => {
    assert.deepEqual(html("knn.py and www.example.org"), ["<p>knn.py and www.example.org</p>"]);
    assert.ok(html("https://example.org")[0]?.includes("<a href"));
  });

  test("columns of a table are aligned by class, without inline styles", () => {
    const [table = ""] = html("| a | b |\n|:-:|---|\n| 1 | 2 |");
    assert.ok(table.startsWith('<div class="table"><table>'));
    assert.ok(table.includes('<td class="align-center">1</td>') && table.includes("<td>2</td>"));
    assert.ok(!table.includes("style"));
  });

  test("a line under a text does not make it a heading", () => {
    assert.deepEqual(html("text\n---"), ["<p>text</p>", "<hr>"]);
  });

  test("what is open at the end is closed while the text goes on, in lists and tables too", () => {
    assert.deepEqual(html("a **b", true), ["<p>a <strong>b</strong></p>"]);
    assert.deepEqual(html("a **b", false), ["<p>a **b</p>"]);
    assert.ok(html("- x\n- a `b", true)[0]?.includes("<code>b</code>"));
    assert.ok(html("| a |\n|---|\n| **b", true)[0]?.includes("<strong>b</strong>"));
  });

  test("code that goes on is left as it is", () => {
    assert.deepEqual(html("```python\nx = 2 **", true), ['<pre><code class="language-python">x = 2 **</code></pre>']);
  });

  test("an endless paragraph is plain text", () => {
    const [block] = html("**a** <b> ".repeat(10_000));
    assert.match(block ?? "", /^<p>\s*\*\*a\*\* &lt;b&gt; /);
  });
});

/** A conversation as a Markdown document. */
import * as assert from "node:assert/strict";
import MarkdownIt from "markdown-it";
import { inEnglish } from "../../../../../src/base/localize";
import type { ConversationData } from "../../../../../src/extension/chat/conversationData";
import { exportMarkdown } from "../../../../../src/extension/chat/history/exportMarkdown";
import { exchange, talk } from "./support";

function exported(change: Partial<ConversationData>): string {
  return exportMarkdown({ ...talk("a"), ...change }, { translate: inEnglish, language: "en" });
}

/** Headings and code blocks, as a Markdown parser sees them. */
function structure(markdown: string): string[] {
  const tokens = MarkdownIt({ html: true }).parse(markdown, {});
  return tokens.flatMap((token, index) => {
    if (token.type === "heading_open") {
      return [`${token.tag} ${tokens[index + 1]?.content ?? ""}`];
    }
    return token.type === "fence" ? [`code ${token.info}: ${token.content}`] : [];
  });
}

suite("export to Markdown", () => {
  test("has the title, the questions, the answers and what they cost", () => {
    const text = exported({ systemPrompt: "Be brief.\nBe kind.", exchanges: [exchange("q", "How?", "So.")] });
    assert.match(
      text,
      /^# How\?\n\n_Llama 2 Assistant, January 2, 2026 at .*_\n\n\*\*System prompt\*\*\n\n> Be brief\.\n> Be kind\.\n\n## You\n\nHow\?\n\n## Llama 2\n\nSo\.\n\n_tiny\\_chat · 1,234 tokens · 20\.3 tokens\/s_\n$/,
    );
  });

  test("code blocks stay as they are", () => {
    const answer =
      "Look:\n\n```python\ndef f():\n    # not a heading\n    return 1\n```\n\n````md\n```\ninner\n```\n````";
    assert.deepEqual(structure(exported({ exchanges: [exchange("q", "How?", answer)] })), [
      "h1 How?",
      "h2 You",
      "h2 Llama 2",
      "code python: def f():\n    # not a heading\n    return 1\n",
      "code md: ```\ninner\n```\n",
    ]);
  });

  for (const cut of ["```python\ndef f(", "~~~\ncode", "1. list\n\n````js\n```\n", "```js\na\n```\n\n```py\n"]) {
    test(`an answer that was cut off in ${JSON.stringify(cut)} does not swallow the next question`, () => {
      const text = exported({ exchanges: [exchange("q", "How?", cut), exchange("r", "And then?", "Well.")] });
      assert.equal(structure(text).filter((part) => part === "h2 You").length, 2);
      assert.equal(structure(text).at(-1), "h2 Llama 2");
    });
  }

  test("attached code is folded, under a fence that is longer than any in it", () => {
    const attachment = { label: "<a>.md:1-3", uri: "file:///a.md", languageId: "markdown", text: "```\n# x\n```" };
    const text = exported({ exchanges: [{ ...exchange("q", "Explain.", "It is."), attachments: [attachment] }] });
    assert.ok(
      text.includes(
        "<details>\n<summary>&lt;a&gt;.md:1-3</summary>\n\n````markdown\n```\n# x\n```\n````\n\n</details>",
      ),
    );
    assert.ok(structure(text).includes("code markdown: ```\n# x\n```\n"));
  });

  test("a title with marks says what it says", () => {
    const text = exported({ title: "What *is* `x` in [a](b)\n<b>?" });
    assert.equal(text.split("\n")[0], "# What \\*is\\* \\`x\\` in \\[a\\](b) \\<b\\>?");
  });

  test("an answer that failed says why, one that was stopped says so", () => {
    const failed = { ...exchange("q", "How?", "").answer, status: { kind: "failed", message: "No model." } as const };
    const stopped = { ...exchange("r", "How?", "Wel").answer, status: { kind: "stopped" } as const };
    const text = exported({
      exchanges: [
        { ...exchange("q", "How?", ""), answer: failed },
        { ...exchange("r", "How?", ""), answer: stopped },
      ],
    });
    assert.match(text, /## Llama 2\n\n_No model\._\n\n## You[^]*Wel\n\n_Stopped_\n$/);
  });
});

/** Markdown that ends in the middle of something. */
import * as assert from "node:assert/strict";
import { closeInline, withoutDanglingMarks } from "../../../src/webview/openMarkdown";

suite("unfinished Markdown", () => {
  const inline: readonly (readonly [open: string, closed: string])[] = [
    ["plain", "plain"],
    ["**bold** done", "**bold** done"],
    ["a **bo", "a **bo**"],
    ["a **bold ", "a **bold**"],
    ["a **", "a "],
    ["~~gone", "~~gone~~"],
    ["call `fit", "call `fit`"],
    ["call `", "call "],
    ["``a ` b", "``a ` b``"],
    ["**in `code", "**in `code`"],
    ["`**` is no mark", "`**` is no mark"],
    ["see [docs](https://exam", "see docs"],
    ["see [docs](", "see docs"],
    ["see [docs](https://example.org)", "see [docs](https://example.org)"],
    ["see [do", "see [do"],
    ["see [docs]", "see [docs]"],
    ["**see [docs](http", "**see docs**"],
    ["2 * 3", "2 * 3"],
    ["", ""],
  ];
  for (const [open, closed] of inline) {
    test(`${JSON.stringify(open)} is shown as ${JSON.stringify(closed)}`, () => {
      assert.equal(closeInline(open), closed);
    });
  }

  test("a last line of marks waits for what they mark", () => {
    for (const marks of [
      "-",
      "- ",
      "*",
      "#",
      "## ",
      ">",
      "``",
      "`",
      "|",
      "|--",
      "|:-|",
      "---",
      "1",
      "1.",
      "  12)",
      "==",
    ]) {
      assert.equal(withoutDanglingMarks(`text\n${marks}`), "text\n", marks);
    }
  });

  test("other last lines stay", () => {
    for (const line of ["- a", "# T", "```", "```py", "| a", "1. a", "word", "12 apples", "text\n---\n", ""]) {
      assert.equal(withoutDanglingMarks(`text\n${line}`), `text\n${line}`, line);
    }
  });
});

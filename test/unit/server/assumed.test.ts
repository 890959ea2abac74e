/** Texts that are not the document yet: with IntelliSense's selected item, and with a suggestion as if accepted. */
import * as assert from "node:assert/strict";
import type { InlineCompletionParams } from "vscode-languageserver-protocol";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { CompletionParams } from "../../../src/protocol/completion";
import { assumedText } from "../../../src/server/assumed";

const DOCUMENT = TextDocument.create("file:///a.js", "javascript", 1, "let a;\r\nconsole.lo;\r\nend");
const CURSOR = { line: 1, character: 10 };
const range = (start: number, end: number) => ({
  start: { line: 1, character: start },
  end: { line: 1, character: end },
});
const params = (more: Partial<CompletionParams> = {}): InlineCompletionParams => ({
  textDocument: { uri: DOCUMENT.uri },
  position: CURSOR,
  context: { triggerKind: 2 },
  ...more,
});

suite("the text that is completed", () => {
  test("is the document around the cursor", () => {
    const { prefix, suffix, isPrepared, item } = assumedText(DOCUMENT, params());
    assert.deepEqual([prefix, suffix, isPrepared], ["let a;\nconsole.lo", ";\nend", false]);
    assert.deepEqual(item("g()"), { insertText: "g()", range: range(10, 10) });
    assert.deepEqual(item("g();", 1), { insertText: "g();", range: range(10, 11) });
  });

  test("ends with the item that IntelliSense has selected, which the answer repeats", () => {
    const selectedCompletionInfo = { range: range(8, 10), text: "log" };
    const { prefix, suffix, item } = assumedText(
      DOCUMENT,
      params({ context: { triggerKind: 2, selectedCompletionInfo } }),
    );
    assert.deepEqual([prefix, suffix], ["let a;\nconsole.log", ";\nend"]);
    assert.deepEqual(item("(a)"), { insertText: "log(a)", range: range(8, 10) });
  });

  test("ends with a suggestion as if it had been accepted, and that is no prompt of the user's", () => {
    const accepted = { range: range(10, 11), text: "g(a);\r\n" };
    const { prefix, suffix, isPrepared, item } = assumedText(DOCUMENT, params({ llama2: { accepted } }));
    assert.deepEqual([prefix, suffix, isPrepared], ["let a;\nconsole.log(a);\n", "\nend", true]);
    assert.deepEqual(item("next()"), { insertText: "next()", range: range(11, 11) });
  });

  test("is the document where the field is malformed", () => {
    const malformed = {
      ...params(),
      llama2: { accepted: { range: 3, text: "x" } },
    } as unknown as InlineCompletionParams;
    assert.equal(assumedText(DOCUMENT, malformed).prefix, "let a;\nconsole.lo");
  });
});

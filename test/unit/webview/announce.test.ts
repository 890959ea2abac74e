/** Screen readers hear one sentence an answer, in words. */
import * as assert from "node:assert/strict";
import type { AnswerStatus, ViewAnswer } from "../../../src/protocol/chatView";
import { announcement } from "../../../src/webview/announce";
import { figures } from "./support";

function answer(text: string, status: AnswerStatus, id = "a"): ViewAnswer {
  return { role: "assistant", id, text, status };
}

const streaming: AnswerStatus = { kind: "streaming" };
const done: AnswerStatus = { kind: "done", figures };

suite("announcements of the chat page", () => {
  test("nothing is said while an answer streams", () => {
    assert.equal(announcement([answer("a", streaming)], [answer("ab", streaming)]), undefined);
  });

  test("an answer is said when it is done, and once", () => {
    assert.equal(announcement([answer("Ye", streaming)], [answer("Yes.", done)]), "Llama 2 answered: Yes.");
    assert.equal(announcement([answer("Yes.", done)], [answer("Yes.", done)]), undefined);
  });

  test("answers of a conversation that is shown are not said", () => {
    assert.equal(announcement([], [answer("Yes.", done)]), undefined);
    assert.equal(announcement([answer("No.", streaming, "b")], [answer("Yes.", done)]), undefined);
  });

  test("a stopped and a failed answer are said to be so", () => {
    assert.equal(announcement([answer("", streaming)], [answer("", { kind: "stopped" })]), "The answer was stopped.");
    assert.equal(
      announcement([answer("", streaming)], [answer("", { kind: "failed", message: "Out of memory." })]),
      "The answer failed. Out of memory.",
    );
  });

  test("marks are not read out, and code is named", () => {
    const cases = [
      ["# Title\n\nSome **bold** `code`.", "Title Some bold code ."],
      ["- one\n- [two](https://example.org)", "one two"],
      ["Look:\n\n```python\nprint(1)\n```\n\nDone.", "Look: (code block) Done."],
      ["Look:\n\n```python\nprint(1)", "Look: (code block)"],
      ["| a | b |\n|---|:-:|\n| 1 | 2 |", "a b 1 2"],
    ] as const;
    for (const [text, spoken] of cases) {
      assert.equal(announcement([answer("", streaming)], [answer(text, done)]), `Llama 2 answered: ${spoken}`);
    }
  });

  test("a very long answer is cut", () => {
    const said = announcement([answer("", streaming)], [answer("word ".repeat(1000), done)]);
    assert.ok(said !== undefined && said.length < 1100 && said.endsWith("(the rest is in the conversation)"));
  });
});

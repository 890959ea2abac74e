/** Conversations in and out of order, and attachments as text. */
import * as assert from "node:assert/strict";
import type { Attachment, ChatTurn } from "../../../src/protocol/engine";
import { DialogError, dialogOf, type DialogFault } from "../../../src/prompt/dialog";
import { explainQuestion } from "../../../src/prompt/explain";
import { userTurnText } from "../../../src/prompt/userTurn";

function turns(roles: string): ChatTurn[] {
  const names = { s: "system", u: "user", a: "assistant" } as const;
  return Array.from(roles, (letter, index) => ({
    role: names[letter as keyof typeof names],
    content: `${letter}${String(index)}`,
  }));
}

suite("The order of a conversation", () => {
  test("an optional system turn, whole pairs, and a question", () => {
    assert.deepEqual(dialogOf(turns("suau")), {
      system: "s0",
      pairs: [{ user: "u1", answer: "a2" }],
      question: "u3",
    });
    assert.deepEqual(dialogOf(turns("u")), { system: "", pairs: [], question: "u0" });
  });

  const faults: readonly (readonly [string, DialogFault])[] = [
    ["", { kind: "noQuestion" }],
    ["s", { kind: "noQuestion" }],
    ["ua", { kind: "noQuestion" }],
    ["a", { kind: "misplaced", index: 0, role: "assistant" }],
    ["sau", { kind: "misplaced", index: 1, role: "assistant" }],
    ["uu", { kind: "misplaced", index: 1, role: "user" }],
    ["uaau", { kind: "misplaced", index: 2, role: "assistant" }],
    ["usu", { kind: "misplaced", index: 1, role: "system" }],
    ["ssu", { kind: "misplaced", index: 1, role: "system" }],
  ];
  for (const [roles, fault] of faults) {
    test(`"${roles}" is refused: ${JSON.stringify(fault)}`, () => {
      assert.throws(
        () => dialogOf(turns(roles)),
        (error) => {
          assert.ok(error instanceof DialogError);
          assert.deepEqual(error.fault, fault);
          return true;
        },
      );
    });
  }
});

suite("Attachments in a user turn", () => {
  const attachment = (changes: Partial<Attachment>): Attachment => ({
    uri: "file:///home/me/knn.py",
    languageId: "python",
    text: "  x = 1\n",
    ...changes,
  });
  const range = (startLine: number, endLine: number, endCharacter: number): Attachment["range"] => ({
    start: { line: startLine, character: 0 },
    end: { line: endLine, character: endCharacter },
  });
  const cases: readonly (readonly [string, Attachment, string])[] = [
    ["a whole document by its name", attachment({}), "knn.py:\n```python\n  x = 1\n```"],
    ["several lines", attachment({ range: range(2, 11, 5) }), "knn.py, lines 3-12:\n```python\n  x = 1\n```"],
    ["a line with its line end", attachment({ range: range(2, 3, 0) }), "knn.py, line 3:\n```python\n  x = 1\n```"],
    ["an escaped name", attachment({ uri: "file:///c%3A/my%20file.ts?a#b" }), "my file.ts:\n```python\n  x = 1\n```"],
    ["an untitled document", attachment({ uri: "untitled:Untitled-1" }), "Untitled-1:\n```python\n  x = 1\n```"],
    ["a name with a stray percent sign", attachment({ uri: "file:///50%.py" }), "50%.py:\n```python\n  x = 1\n```"],
    ["a strange language id", attachment({ languageId: "a b`" }), "knn.py:\n```\n  x = 1\n```"],
    ["code with fences", attachment({ text: "````\nx\n````" }), "knn.py:\n`````python\n````\nx\n````\n`````"],
    ["nothing", attachment({ text: "" }), "knn.py:\n```python\n\n```"],
  ];
  for (const [kind, some, expected] of cases) {
    test(`shows ${kind}`, () => {
      assert.equal(userTurnText({ role: "user", content: "", attachments: [some] }), expected);
    });
  }

  test("stand before the question, in order", () => {
    const turn = { role: "user", content: "Why?", attachments: [attachment({}), attachment({ uri: "b.py" })] } as const;
    assert.equal(userTurnText(turn), "knn.py:\n```python\n  x = 1\n```\n\nb.py:\n```python\n  x = 1\n```\n\nWhy?");
  });

  test("an explanation is asked about its attachment, and again in the same words after a trip over the wire", () => {
    const question = explainQuestion(attachment({ range: range(0, 0, 7) }));
    assert.match(userTurnText(question), /^knn\.py, line 1:\n```python\n1 \| {3}x = 1\n```\n\nExplain this code\./);
    assert.equal(userTurnText(JSON.parse(JSON.stringify(question)) as typeof question), userTurnText(question));
  });
});

/** Attachments that are too long: which lines stay, and what the prompt says about the others. */
import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { fitTurns } from "../../../src/prompt/fitTurns";
import { shortenAttachment, shortenAttachments } from "../../../src/prompt/shortenAttachments";
import { userTurnText } from "../../../src/prompt/userTurn";
import type { Attachment, ChatTurn, UserTurn } from "../../../src/protocol/engine";

/** "L0", "L1"… with three characters a line, the line break included, up to ten lines. */
function file(lines: number, more: Partial<Attachment> = {}): Attachment {
  const text = Array.from({ length: lines }, (_, index) => `L${String(index)}`).join("\n");
  return { uri: "file:///a.py", languageId: "python", text, ...more };
}

function at(line: number, toLine = line): NonNullable<Attachment["range"]> {
  return { start: { line, character: 0 }, end: { line: toLine, character: 1 } };
}

suite("Shortening an attachment", () => {
  const cases: readonly (readonly [string, Attachment, number, string, readonly [number, number]])[] = [
    ["a plain file loses its end", file(10), 9, "L0\nL1\nL2", [0, 7]],
    ["a cursor keeps the lines around it", file(10, { focus: at(5) }), 9, "L4\nL5\nL6", [4, 3]],
    [
      "a cursor near the start leaves its share to the lines below",
      file(10, { focus: at(0) }),
      9,
      "L0\nL1\nL2",
      [0, 7],
    ],
    ["a cursor at the end leaves its share to the lines above", file(10, { focus: at(9) }), 9, "L7\nL8\nL9", [7, 0]],
    ["a selection stays whole before anything else", file(10, { focus: at(3, 6) }), 14, "L3\nL4\nL5\nL6", [3, 3]],
    ["of a selection that is too long the start stays", file(10, { focus: at(2, 8) }), 8, "L2\nL3", [2, 6]],
    ["a cursor outside counts as the nearest line", file(10, { focus: at(99) }), 4, "L9", [9, 0]],
    ["without room nothing is left", file(10), 2, "", [0, 10]],
  ];
  for (const [behaviour, attachment, room, text, [before, after]] of cases) {
    test(behaviour, () => {
      const shortened = shortenAttachment(attachment, room);
      assert.deepEqual([shortened.text, shortened.omitted], [text, { before, after }]);
    });
  }

  test("one that fits stays as it is", () => {
    const attachment = file(3);
    assert.equal(shortenAttachment(attachment, 8), attachment);
  });

  test("the range says which lines are left, also of a part of a document", () => {
    const part = file(10, { range: { start: { line: 20, character: 4 }, end: { line: 29, character: 2 } } });
    assert.deepEqual(shortenAttachment(part, 6).range, {
      start: { line: 20, character: 4 },
      end: { line: 21, character: 2 },
    });
    const focused = shortenAttachment({ ...part, focus: at(25) }, 3);
    assert.deepEqual([focused.text, focused.range?.start], ["L5", { line: 25, character: 0 }]);
  });

  test("what is shortened once more adds up", () => {
    const once = shortenAttachment(file(10, { focus: at(5) }), 15);
    assert.deepEqual(shortenAttachment(once, 3), shortenAttachment(file(10, { focus: at(5) }), 3));
  });

  test("what is left are whole lines within the room, and the numbers add up", () => {
    const lines = fc.array(fc.constantFrom("", "a", "some = code()", "😀".repeat(9)), { minLength: 1, maxLength: 40 });
    const place = fc.option(fc.tuple(fc.nat(45), fc.nat(10)));
    fc.assert(
      fc.property(lines, place, fc.nat(300), (all, focus, room) => {
        const more = focus === null ? {} : { focus: at(focus[0], focus[0] + focus[1]) };
        const { text, omitted } = shortenAttachment(file(0, { text: all.join("\n"), ...more }), room);
        const { before, after } = omitted ?? { before: 0, after: 0 };
        assert.ok(text.length <= room);
        assert.equal(text, all.slice(before, all.length - after).join("\n"));
      }),
    );
  });
});

suite("A question with attachments that are too long", () => {
  const count = (turns: readonly ChatTurn[]): number =>
    turns.reduce((sum, turn) => sum + (turn.role === "user" ? userTurnText(turn) : turn.content).length, 0);

  test("the prompt says in plain words what is left out", () => {
    const say = (attachment: Attachment): string =>
      userTurnText({ role: "user", content: "Why?", attachments: [attachment] }).split("\n", 1)[0] ?? "";
    assert.equal(say(file(10)), "a.py:");
    assert.equal(
      say(shortenAttachment(file(10, { focus: at(5) }), 9)),
      "a.py, lines 5-7 (too long: 4 lines before and 3 lines after these are left out):",
    );
    assert.equal(say(shortenAttachment(file(4), 9)), "a.py, lines 1-3 (too long: 1 line after these are left out):");
    assert.equal(say(shortenAttachment(file(10), 0)), "a.py (left out: it is too long, 10 lines):");
  });

  test("a short attachment stays whole beside a long one", () => {
    const question: UserTurn = {
      role: "user",
      content: "?",
      attachments: [file(3), file(100, { uri: "file:///b.py" })],
    };
    const shortened = shortenAttachments(question, (turn) => count([turn]) <= 250);
    assert.equal(shortened?.attachments?.[0], question.attachments?.[0]);
    assert.ok((shortened?.attachments?.[1]?.omitted?.after ?? 0) > 40);
    assert.ok(shortened !== undefined && count([shortened]) > 235, "no more is lost than need be");
  });

  test("gets as much as leaves room for questions about it, and the history leaves first", () => {
    const system: ChatTurn = { role: "system", content: "Be brief." };
    const question: ChatTurn = { role: "user", content: "What is this?", attachments: [file(1000)] };
    const history: ChatTurn[] = [
      { role: "user", content: "Hello" },
      { role: "assistant", content: "Hi" },
    ];
    const fitted = fitTurns([system, ...history, question], 1000, count);
    assert.ok(fitted.kind === "fits" && fitted.shortened !== undefined);
    assert.equal(fitted.droppedPairs, 1);
    assert.deepEqual(fitted.turns, [system, fitted.shortened]);
    assert.ok(count(fitted.turns) <= 750 && count(fitted.turns) > 735, String(count(fitted.turns)));
    const next: ChatTurn[] = [
      ...fitted.turns,
      { role: "assistant", content: "Lines." },
      { role: "user", content: "Why?" },
    ];
    assert.deepEqual(fitTurns(next, 1000, count), { kind: "fits", turns: next, droppedPairs: 0 });
  });

  test("is too long only where system text and question are", () => {
    const question: ChatTurn = { role: "user", content: "x".repeat(2000), attachments: [file(10)] };
    assert.deepEqual(fitTurns([question], 1000, count).kind, "tooLong");
    const fitting: ChatTurn = { role: "user", content: "x".repeat(900), attachments: [file(100)] };
    const fitted = fitTurns([fitting], 1000, count);
    assert.ok(fitted.kind === "fits" && count(fitted.turns) <= 1000);
  });
});

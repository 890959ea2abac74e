/** Which messages of a conversation are drawn. */
import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import type { ViewMessage } from "../../../src/protocol/chatView";
import { firstWindow, follow, grow, isWhole } from "../../../src/webview/messageWindow";

function messages(count: number, length = 1000, name = "m"): ViewMessage[] {
  return Array.from({ length: count }, (_, index) => ({
    role: "user",
    id: `${name}${String(index)}`,
    text: "x".repeat(length),
    attachments: [],
  }));
}

suite("the messages that are drawn", () => {
  test("a short conversation is drawn at once, an empty one too", () => {
    assert.deepEqual(firstWindow(messages(3)), { from: 0, to: 3 });
    assert.deepEqual(firstWindow([]), { from: 0, to: 0 });
  });

  test("of a long one the end is drawn at first, or what stands where the reader was", () => {
    assert.deepEqual(firstWindow(messages(200)), { from: 195, to: 200 });
    assert.deepEqual(firstWindow(messages(200), "m20"), { from: 20, to: 25 });
    assert.deepEqual(firstWindow(messages(200), "unknown"), { from: 195, to: 200 });
  });

  test("a message that is longer than a screen is drawn, and no other with it", () => {
    assert.deepEqual(firstWindow(messages(10, 50_000)), { from: 9, to: 10 });
  });

  test("the rest comes in small steps, first to the end, then to the beginning", () => {
    const all = messages(30);
    const steps = [firstWindow(all, "m22")];
    while (!isWhole(all, steps.at(-1)!)) {
      steps.push(grow(all, steps.at(-1)!));
    }
    assert.deepEqual(steps.slice(0, 3), [
      { from: 22, to: 27 },
      { from: 22, to: 30 },
      { from: 19, to: 30 },
    ]);
    assert.equal(steps.length, 10);
  });

  test("a new message at the end is drawn; where the end is not drawn yet, it comes later", () => {
    const before = messages(30);
    const after = [...before, ...messages(2, 10, "new")];
    assert.deepEqual(follow(before, after, { from: 20, to: 30 }), { from: 20, to: 32 });
    assert.deepEqual(follow(before, after, { from: 3, to: 8 }), { from: 3, to: 8 });
  });

  test("messages that are deleted leave the others drawn", () => {
    const before = messages(30);
    assert.deepEqual(follow(before, before.slice(0, 28), { from: 20, to: 30 }), { from: 20, to: 28 });
    assert.deepEqual(follow(before, before.toSpliced(20, 2), { from: 20, to: 30 }), { from: 20, to: 28 });
    assert.deepEqual(follow(before, before.slice(2), { from: 0, to: 30 }), { from: 0, to: 28 });
    assert.deepEqual(follow(before, [], { from: 0, to: 30 }), { from: 0, to: 0 });
  });

  test("another conversation begins at its end", () => {
    assert.deepEqual(follow(messages(30), messages(50, 1000, "other"), { from: 0, to: 30 }), { from: 45, to: 50 });
  });

  test("whatever happens, the window lies in the conversation and grows to all of it", () => {
    const sizes = fc.array(fc.nat(20_000), { maxLength: 40 });
    fc.assert(
      fc.property(sizes, sizes, fc.nat(40), (first, second, kept) => {
        const make = (all: number[], name: string): ViewMessage[] =>
          all.map((length, index) => ({ ...messages(1, length)[0]!, id: `${name}${String(index)}` }));
        const before = make(first, "a");
        const after = [...before.slice(kept), ...make(second, "b")];
        let window = follow(before, after, grow(before, firstWindow(before)));
        for (let step = 0; !isWhole(after, window); step++) {
          const next = grow(after, window);
          assert.ok(next.from >= 0 && next.to <= after.length && next.from <= next.to);
          assert.ok(next.to - next.from > window.to - window.from, "each step draws something");
          window = next;
        }
      }),
    );
  });
});

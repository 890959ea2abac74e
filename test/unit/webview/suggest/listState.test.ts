/** The list over the message box from the first letter to the choice. */
import * as assert from "node:assert/strict";
import type { Suggestion } from "../../../../src/protocol/chatView";
import { activeItem, answered, asked, groupsOf, moved } from "../../../../src/webview/suggest/listState";

const typed = { trigger: "@", query: "", start: 0, end: 1 } as const;

function items(...labels: string[]): Suggestion[] {
  return labels.map((label) => ({ id: label, label, icon: "file" }));
}

function reply(id: number, labels: string[], done = true): Parameters<typeof answered>[1] {
  return { type: "suggestions", id, items: items(...labels), done };
}

suite("the list over the message box", () => {
  test("the first entry is the chosen one, and the arrows go round and round", () => {
    const list = answered(asked(undefined, typed, 1), reply(1, ["a", "b", "c"]));
    assert.equal(activeItem(list)?.label, "a");
    assert.equal(activeItem(moved(list, -1))?.label, "c");
    assert.equal(activeItem(moved(moved(moved(list, 1), 1), 1))?.label, "a");
  });

  test("what comes later for the same letters does not move the choice", () => {
    const first = moved(answered(asked(undefined, typed, 1), reply(1, ["a", "b"], false)), 1);
    const second = answered(first, reply(1, ["new", "a", "b"]));
    assert.equal(activeItem(second)?.label, "b");
    assert.equal(second.done, true);
  });

  test("another letter keeps the entries on screen until its own have come, and then chooses the first", () => {
    const before = moved(answered(asked(undefined, typed, 1), reply(1, ["a", "b"])), 1);
    const after = asked(before, { ...typed, query: "x" }, 2);
    assert.deepEqual(after.items, before.items);
    assert.equal(after.answered, false);
    assert.equal(activeItem(answered(after, reply(2, ["x", "b"])))?.label, "x");
  });

  test("an answer to an earlier letter is dropped", () => {
    const list = asked(asked(undefined, typed, 1), { ...typed, query: "x" }, 2);
    assert.equal(answered(list, reply(1, ["late"])), list);
  });

  test("another trigger begins with an empty list", () => {
    const before = answered(asked(undefined, typed, 1), reply(1, ["a"]));
    assert.deepEqual(asked(before, { ...typed, trigger: "/" }, 2).items, []);
  });

  test("an empty list has no choice, and the arrows do nothing", () => {
    const list = answered(asked(undefined, typed, 1), reply(1, []));
    assert.equal(activeItem(list), undefined);
    assert.equal(moved(list, 1), list);
  });

  test("neighbours with the same title are one group", () => {
    const [a, b, c] = items("a", "b", "c") as [Suggestion, Suggestion, Suggestion];
    const groups = groupsOf([
      { ...a, group: "Files" },
      { ...b, group: "Files" },
      { ...c, group: "Symbols" },
    ]);
    assert.deepEqual(
      groups.map(({ title, items: inGroup }) => [title, inGroup.map(({ index }) => index)]),
      [
        ["Files", [0, 1]],
        ["Symbols", [2]],
      ],
    );
  });
});

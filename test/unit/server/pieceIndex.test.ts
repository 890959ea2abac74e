import assert from "node:assert/strict";
import { PieceIndex } from "../../../src/server/engine/pieceIndex";

const index = new PieceIndex([
  ["el", 1],
  ["element", 2],
  ["e", 3],
  [" el", 4],
  [" ", 5],
  ["  ", 6],
  ["   ", 7],
  ["elf", 8],
  ["", 9],
]);

suite("the index of a vocabulary's pieces", () => {
  const cases: readonly (readonly [string, readonly number[]])[] = [
    ["el", [1, 2, 8]],
    ["elem", [2]],
    ["x", []],
    ["  ", [5, 6, 7]],
    [" e", [4]],
  ];
  for (const [text, ids] of cases) {
    test(`${JSON.stringify(text)} can be begun by ${ids.length} tokens`, () => {
      assert.deepEqual(
        index.startsOf(text).toSorted((a, b) => a - b),
        ids,
      );
    });
  }

  test("tells a token's text", () => {
    assert.equal(index.textOf(2), "element");
  });
});

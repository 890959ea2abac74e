import assert from "node:assert/strict";
import { nearestNames } from "../../../src/base/nearest";

const COMMANDS = ["commit", "docs", "explain", "fix", "refactor", "tests"];

suite("nearest names", () => {
  for (const [written, expected] of [
    ["test", ["tests"]],
    ["explian", ["explain"]],
    ["Fxi", []], // two changes of three letters
    ["fi", ["fix"]],
    ["expl", ["explain"]],
    ["REFACTOR", ["refactor"]],
    ["deploy", []],
    ["", []],
  ] as const) {
    test(`"${written}" is taken for ${expected.join(", ") || "nothing"}`, () => {
      assert.deepEqual(nearestNames(written, COMMANDS), expected);
    });
  }

  test("the closest comes first, and no more than asked for", () => {
    assert.deepEqual(nearestNames("tests2", ["tests1", "tests", "test", "tests22"], 2), ["tests", "tests1"]);
  });
});

/** Code that is inserted takes the indentation of its place. */
import * as assert from "node:assert/strict";
import { indentAll, indentLike } from "../../../../src/extension/chat/indent";

suite("indenting inserted code", () => {
  const cases: [name: string, code: string, before: string, expected: string][] = [
    ["one line stays as it is", "x = 1", "    ", "x = 1"],
    ["further lines get the indentation of the place", "if x:\n  y\n", "    ", "if x:\n      y"],
    ["tabs are kept", "a\nb", "\t", "a\n\tb"],
    ["empty lines stay empty", "a\n\nb", "  ", "a\n\n  b"],
    ["in the middle of a line nothing is indented", "a\nb", "x = ", "a\nb"],
    ["at the start of a line nothing is indented", "a\n  b", "", "a\n  b"],
  ];
  for (const [name, code, before, expected] of cases) {
    test(name, () => {
      assert.equal(indentLike(code, before), expected);
    });
  }
});

suite("indenting code that replaces lines", () => {
  const cases: [name: string, code: string, indent: string, expected: string][] = [
    ["all lines get the indentation", "a\n  b\n", "    ", "    a\n      b"],
    ["what all lines share goes first", "    a\n      b", "\t", "\ta\n\t  b"],
    ["blank lines stay empty", "a\n\nb", "  ", "  a\n\n  b"],
    ["nothing stays nothing", "\n", "  ", ""],
  ];
  for (const [name, code, indent, expected] of cases) {
    test(name, () => {
      assert.equal(indentAll(code, indent), expected);
    });
  }
});

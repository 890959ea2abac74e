import assert from "node:assert/strict";
import { isComplete, mayBeMultiline } from "../../../src/server/completionShape";

suite("completion shape", () => {
  const places: readonly { code: string; multiline: boolean }[] = [
    { code: "def add(a, b):\n    ‸", multiline: true },
    { code: "def add(a, b):‸", multiline: true },
    { code: "function add(a, b) {‸\n}", multiline: true },
    { code: "items.map((item) => ‸", multiline: true },
    { code: "total = a ‸", multiline: false },
    { code: "return ‸;\n", multiline: false },
    { code: "    ‸return total", multiline: false },
    { code: "const x = [‸]", multiline: false },
  ];
  for (const { code, multiline } of places) {
    test(`${JSON.stringify(code)} takes ${multiline ? "several lines" : "one line"}`, () => {
      const [prefix = "", suffix = ""] = code.split("‸");
      assert.equal(mayBeMultiline(prefix, suffix), multiline);
    });
  }

  test("one line is complete at its end, a block at a blank line after code", () => {
    assert.equal(isComplete("a + b", false), false);
    assert.equal(isComplete("\n    a + b", false), false);
    assert.equal(isComplete("a + b\n", false), true);
    assert.equal(isComplete("a + b\n    c", true), false);
    assert.equal(isComplete("\n\n    a + b\n", true), false);
    assert.equal(isComplete("a + b\n   \nnext", true), true);
  });
});

import assert from "node:assert/strict";
import type { CompletionShape } from "../../../src/postprocess/filter";
import { completionContext, completionShape, isComplete } from "../../../src/server/completionShape";

suite("completion shape", () => {
  const places: readonly { code: string; shape: CompletionShape }[] = [
    { code: "def add(a, b):\n    ‸", shape: "block" },
    { code: "‸", shape: "block" },
    { code: "def add(a, b):‸", shape: "statement" },
    { code: "function add(a, b) {‸\n}", shape: "statement" },
    { code: "total = a ‸", shape: "statement" },
    { code: "return ‸;\n", shape: "statement" },
    { code: "const x = [‸]", shape: "statement" },
    { code: "print(‸) {", shape: "statement" },
    { code: "    ‸return total", shape: "line" },
    { code: "print(‸, end='')", shape: "line" },
  ];
  for (const { code, shape } of places) {
    test(`${JSON.stringify(code)} takes a ${shape}`, () => {
      const [prefix = "", suffix = ""] = code.split("‸");
      assert.equal(completionShape(prefix, suffix), shape);
    });
  }

  const answers: readonly { name: string; code: string; text: string; complete: boolean }[] = [
    { name: "a line without its end", code: "x = ‸ + 1", text: "a + b", complete: false },
    { name: "a line with its end", code: "x = ‸ + 1", text: "a + b\n", complete: true },
    { name: "a statement whose next line is unknown", code: "x = ‸", text: "a + b\n", complete: false },
    { name: "a statement whose next line has only begun", code: "x = ‸", text: "a + b\nel", complete: false },
    { name: "a statement before the next one", code: "x = ‸", text: "a + b\ny = ", complete: true },
    { name: "a statement with its semicolon", code: "x = ‸", text: "a + b;\n", complete: true },
    { name: "a statement that opened a block", code: "if (‸", text: "a) {\n  b();\n", complete: false },
    { name: "a block before a shallower line", code: "f {\n  ‸", text: "a();\n  b();\nc = ", complete: true },
    { name: "a block that goes on", code: "f {\n  ‸", text: "a();\n  b();\n", complete: false },
    { name: "blank lines before code", code: "f {‸", text: "\n\n  a();\n", complete: false },
    { name: "a blank line after code", code: "f {\n  ‸", text: "a();\n   \nnext", complete: true },
  ];
  for (const { name, code, text, complete } of answers) {
    test(`${name} ${complete ? "is complete" : "is not complete"}`, () => {
      const [prefix = "", suffix = ""] = code.split("‸");
      const context = completionContext({ languageId: "typescript", prefix, suffix, heldBack: "" });
      assert.equal(isComplete(text, context), complete);
    });
  }

  test("white space that the model writes before the block does not count as depth", () => {
    const context = completionContext({ languageId: "python", prefix: "def f():\n    ", suffix: "", heldBack: "    " });
    assert.equal(isComplete("    a = 1\n    b = 2\n", context), false);
    assert.equal(isComplete("    a = 1\n    b = 2\nc = ", context), true);
  });
});

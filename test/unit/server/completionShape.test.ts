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
      assert.equal(completionShape({ languageId: "typescript", prefix, suffix }), shape);
    });
  }

  const between: readonly { name: string; code: string; shape: CompletionShape }[] = [
    { name: "between two statements", code: "def f(a):\n    b = a\n    ‸\n    return b\n", shape: "statement" },
    {
      name: "between two, at the start of the line",
      code: "def f(a):\n    b = a\n‸\n    return b\n",
      shape: "statement",
    },
    { name: "after a comment", code: "def f(a):\n    # twice\n    ‸\n    return b\n", shape: "block" },
    { name: "in an empty block", code: "def f(a):\n    ‸\n\nprint(f(1))\n", shape: "block" },
    { name: "at the beginning of a block", code: "def f(a):\n    ‸\n    return b\n", shape: "block" },
    { name: "at the end of a block", code: "if a:\n    b = a\n    ‸\nprint(b)\n", shape: "block" },
    { name: "after an open bracket", code: "f(\n  ‸\n  b)\n", shape: "block" },
    { name: "below a blank line", code: "a = 1\n\n‸\nb = 2\n", shape: "block" },
  ];
  for (const { name, code, shape } of between) {
    test(`a model that does not see what follows writes a ${shape} ${name}`, () => {
      const [prefix = "", suffix = ""] = code.split("‸");
      const place = { languageId: "python", prefix, suffix };
      assert.equal(completionShape(place, { multiline: "auto", infill: false }), shape);
      assert.equal(completionShape(place, { multiline: "auto", infill: true }), "block");
    });
  }

  test("a statement between two ends before the next one", () => {
    const place = {
      languageId: "python",
      prefix: "def f(a):\n    b = a\n    ",
      suffix: "\n    return b\n",
      heldBack: "    ",
    };
    const context = completionContext(place, { multiline: "auto", infill: false });
    assert.equal(isComplete("    if b:\n        b = 1\n", context), false);
    assert.equal(isComplete("    if b:\n        b = 1\n    c = ", context), true);
  });

  test("settings force a line, or a block wherever no code stands right of the cursor", () => {
    const shapes = (code: string): CompletionShape[] => {
      const [prefix = "", suffix = ""] = code.split("‸");
      return (["never", "always"] as const).map((multiline) =>
        completionShape({ languageId: "python", prefix, suffix }, { multiline, infill: true }),
      );
    };
    assert.deepEqual(shapes("def f(a):\n    ‸"), ["line", "block"]);
    assert.deepEqual(shapes("total = ‸\nprint(total)"), ["line", "block"]);
    assert.deepEqual(shapes("total = ‸ + 1"), ["line", "line"]);
  });

  test("a block that is forced goes on after the statement, up to the end of the block", () => {
    const place = { languageId: "python", prefix: "def f(a):\n    b = ", suffix: "", heldBack: " " };
    const context = completionContext(place, { multiline: "always", infill: true });
    assert.equal(isComplete(" a\n    return b", context), false);
    assert.equal(isComplete(" a\n    return b\nprint(f(", context), true);
  });

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

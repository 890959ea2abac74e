import assert from "node:assert/strict";
import * as fc from "fast-check";
import { postprocess } from "../../../src/postprocess/pipeline";

interface Case {
  readonly name: string;
  /** The cursor is ‸. */
  readonly code: string;
  readonly answer: string;
  readonly shown: string;
  readonly multiline?: boolean;
  readonly heldBack?: string;
}

const cases: readonly Case[] = [
  { name: "keeps a good line as it is", code: "total = ‸\n", answer: "a + b", shown: "a + b" },
  {
    name: "keeps a good block as it is",
    code: "def add(a, b):\n    ‸\n",
    answer: "if a:\n        return a\n    return b",
    shown: "if a:\n        return a\n    return b",
    multiline: true,
  },
  {
    name: "takes the indentation off that is there already",
    code: "def f():\n    ‸",
    answer: "    return 1",
    shown: "return 1",
    heldBack: "    ",
    multiline: true,
  },
  {
    name: "takes off an indentation that is wider",
    code: "def f():\n  ‸",
    answer: "    return 1",
    shown: "return 1",
    heldBack: "  ",
    multiline: true,
  },
  { name: "keeps a leading space where none was held back", code: "return a‸", answer: " + b", shown: " + b" },
  { name: "keeps to the line", code: "x = ‸", answer: "1\ny = 2", shown: "1" },
  { name: "does not repeat the rest of the line", code: "print(‸)\n", answer: "value)", shown: "value" },
  {
    name: "stops before the next line of the file",
    code: "def f():\n    ‸\n    return total\n",
    answer: "total = 1\n    return total\n    x",
    shown: "total = 1",
    multiline: true,
  },
  {
    name: "stops where the block ends, with its closing bracket",
    code: "function f() {\n  ‸",
    answer: "return 1;\n}\n\nfunction g() {",
    shown: "return 1;\n}",
    multiline: true,
  },
  {
    name: "stops where code of the outer block begins",
    code: "class A:\n    def f(self):\n        ‸",
    answer: "return 1\n    def g(self):\n        pass",
    shown: "return 1",
    multiline: true,
  },
  { name: "shows nothing for white space", code: "x‸", answer: "   \n\t", shown: "" },
];

suite("completion filters", () => {
  for (const { name, code, answer, shown, multiline = false, heldBack = "" } of cases) {
    test(name, () => {
      const [prefix = "", suffix = ""] = code.split("‸");
      assert.equal(postprocess(answer, { prefix, suffix, heldBack, multiline }), shown);
    });
  }

  test("whatever the model says, what is shown is a piece of it", () => {
    const code = fc.string({ unit: fc.constantFrom("a", " ", "\n", "(", ")", "{", "}", ";", "\t") });
    fc.assert(
      fc.property(code, code, code, fc.boolean(), (answer, prefix, suffix, multiline) => {
        const heldBack = /[ \t]*$/.exec(prefix)?.[0] ?? "";
        assert.ok(answer.includes(postprocess(answer, { prefix, suffix, heldBack, multiline })));
      }),
    );
  });
});

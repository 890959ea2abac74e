import assert from "node:assert/strict";
import { declarationOutline } from "../../../../src/server/context/declarationOutline";

const body = (indent: string, count: number): string =>
  Array.from({ length: count }, (_, line) => `${indent}step(${String(line)})`).join("\n");

suite("the outline of a declaration", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    [
      "a Python function ends with its indentation",
      "def f(a):\n    b = a\n\n    return b\n\n\ndef g():\n    pass",
      "def f(a):\n    b = a\n\n    return b",
    ],
    [
      "parameters over several lines belong to it",
      "def f(\n    a,\n) -> int:\n    return a\nx = 1",
      "def f(\n    a,\n) -> int:\n    return a",
    ],
    [
      "a function in braces ends with the bracket",
      "export function f(): number {\n  return 1;\n}\n\nf();",
      "export function f(): number {\n  return 1;\n}",
    ],
    ["a bracket may open on its own line", "int f()\n{\n  return 1;\n}\nint g;", "int f()\n{\n  return 1;\n}"],
    ["a value is its line", "const limit = 3;\nconst other = 4;", "const limit = 3;"],
    [
      "a value goes on until its bracket closes",
      "export const sizes = {\n  small: 1,\n};\nfoo();",
      "export const sizes = {\n  small: 1,\n};",
    ],
    [
      "a member loses its margin",
      "    def total(self):\n        return 1\n\n    def other(self):",
      "def total(self):\n    return 1",
    ],
    ["a signature stays as it is", "function f(\n  a: string,\n): void", "function f(\n  a: string,\n): void"],
    ["CRLF becomes LF", "def f():\r\n    return 1\r\n", "def f():\n    return 1"],
  ];
  for (const [what, text, expected] of cases) {
    test(what, () => {
      assert.equal(declarationOutline(text), expected);
    });
  }

  test("of a long class its members are left", () => {
    const text = [
      "class Shop:",
      '    """Sells."""',
      "    def a(self, b):",
      body("        ", 12),
      "    def c(self):",
      body("        ", 12),
      "x = 1",
    ].join("\n");
    assert.equal(declarationOutline(text), 'class Shop:\n    """Sells."""\n    def a(self, b):\n    def c(self):');
  });

  test("however long it is, it takes a few lines", () => {
    const text = `interface Shop {\n${body("  ", 100)}\n}`;
    assert.equal(declarationOutline(text).split("\n").length, 16);
  });
});

/** What the model is told of problems, terminals and changes. */
import * as assert from "node:assert/strict";
import { withoutFiles } from "../../../../../src/extension/chat/context/diffFiles";
import { problemsText, type PlainProblem } from "../../../../../src/extension/chat/context/problemsText";
import { symbolRange } from "../../../../../src/extension/chat/context/symbols";
import { terminalText } from "../../../../../src/extension/chat/context/terminalText";

function problem(severity: number, line: number, message: string, code?: string): PlainProblem {
  return { severity, line, message, source: "ruff F401", ...(code === undefined ? {} : { code }) };
}

suite("problems as text", () => {
  test("the worst come first, then the first lines; each with its code", () => {
    const problems = [problem(1, 0, "unused", "import os"), problem(0, 9, "not\n  defined"), problem(0, 4, "syntax")];
    assert.equal(
      problemsText([{ path: "knn.py", problems }]),
      "line 5: error: syntax (ruff F401)\nline 10: error: not defined (ruff F401)\n" +
        "line 1: warning: unused (ruff F401)\n    import os",
    );
  });

  test("several files have headings, and files without problems are left out", () => {
    const files = [
      { path: "b.py", problems: [problem(1, 0, "late")] },
      { path: "none.py", problems: [] },
      { path: "a.py", problems: [problem(0, 0, "bad")] },
    ];
    assert.deepEqual(problemsText(files).split("\n"), [
      "a.py:",
      "line 1: error: bad (ruff F401)",
      "b.py:",
      "line 1: warning: late (ruff F401)",
    ]);
  });

  test("very many are counted rather than listed", () => {
    const many = Array.from({ length: 130 }, (_, line) => problem(0, line, "again"));
    const lines = problemsText([{ path: "a.py", problems: many }]).split("\n");
    assert.equal(lines.length, 101);
    assert.equal(lines.at(-1), "and 30 more");
  });
});

suite("terminal output as text", () => {
  const cases: readonly (readonly [name: string, raw: string, text: string])[] = [
    ["colours", "\u001b[31mred\u001b[0m text\r\n", "red text"],
    ["marks of shell integration", "\u001b]633;C\u0007hello\r\n\u001b]633;D;0\u001b\\", "hello"],
    ["a progress bar", " 10 %\r 50 %\r100 %\r\ndone", "100 %\ndone"],
    ["a shorter text over a longer one", "abcdef\rxy", "xycdef"],
    ["backspaces", "abx\b c", "ab c"],
    ["blank lines within", "one\r\n\r\ntwo\r\n", "one\n\ntwo"],
  ];
  for (const [name, raw, text] of cases) {
    test(`${name} come out as they are read`, () => {
      assert.equal(terminalText(raw), text);
    });
  }
});

suite("files of a diff", () => {
  const section = (path: string): string =>
    `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n@@ -1 +1 @@\n-old\n+new\n`;

  test("excluded files are taken out, the others stay letter by letter", () => {
    const { diff, left } = withoutFiles(section("a.py") + section(".env") + section("b.py"), (path) => path === ".env");
    assert.equal(diff, section("a.py") + section("b.py"));
    assert.equal(left, 1);
  });

  test("a renamed file goes where its old name is excluded", () => {
    const renamed = "diff --git a/.env b/x.txt\nsimilarity index 90%\nrename from .env\nrename to x.txt\n";
    assert.deepEqual(
      withoutFiles(renamed, (path) => path === ".env"),
      { diff: "", left: 1 },
    );
  });

  test("no changes are no changes", () => {
    assert.deepEqual(
      withoutFiles("", () => true),
      { diff: "", left: 0 },
    );
  });
});

suite("the code of a symbol", () => {
  const at = (line: number) => ({ start: { line, character: 0 }, end: { line: line + 2, character: 0 } });
  const symbols = [
    { name: "Box", range: { ...at(0), end: { line: 20, character: 1 } }, children: [{ name: "size", range: at(3) }] },
    { name: "size(a)", location: { range: at(30) } },
  ];

  test("is the one with its name around the position", () => {
    assert.deepEqual(symbolRange(symbols, "size", { line: 4, character: 2 }), at(3));
    assert.deepEqual(symbolRange(symbols, "size", { line: 31, character: 0 }), at(30));
  });

  test("is the nearest one where the code has moved", () => {
    assert.deepEqual(symbolRange(symbols, "size", { line: 9, character: 0 }), at(3));
  });

  test("is not known where the name is gone", () => {
    assert.equal(symbolRange(symbols, "gone", { line: 0, character: 0 }), undefined);
  });
});

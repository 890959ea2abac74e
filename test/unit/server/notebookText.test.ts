import assert from "node:assert/strict";
import * as fc from "fast-check";
import { surroundings, type Cell } from "../../../src/server/notebookText";

const code = (text: string, languageId = "python"): Cell => ({ kind: "code", languageId, text });
const prose = (text: string): Cell => ({ kind: "markup", languageId: "markdown", text });

suite("the cells around a cell", () => {
  test("of code are the code, and the prose before it as comments", () => {
    const cells = [
      prose("# Sales\n\nRead the *file*."),
      code("import pandas\n"),
      code("x = 1"),
      code("x + 1"),
      prose("After"),
    ];
    assert.deepEqual(surroundings(cells, 2), {
      before: "# # Sales\n# Read the *file*.\n\nimport pandas\n\n",
      after: "\n\nx + 1",
    });
  });

  test("of code leave out other languages and empty cells", () => {
    const cells = [code("SELECT 1", "sql"), code(" \n"), code("x = 1"), code("ls", "shellscript")];
    assert.deepEqual(surroundings(cells, 2), { before: "", after: "" });
  });

  test("of prose are the prose, and the code before it in fences", () => {
    const cells = [code("x = 1\n"), prose("One."), prose("Two."), code("y = 1"), prose("Three.")];
    assert.deepEqual(surroundings(cells, 2), {
      before: "```python\nx = 1\n```\n\nOne.\n\n",
      after: "\n\nThree.",
    });
  });

  test("of long prose are the first lines", () => {
    const long = Array.from({ length: 30 }, (_, line) => `line ${String(line)}`).join("\n");
    assert.equal(
      surroundings([prose(long), code("")], 1)
        .before.trimEnd()
        .split("\n").length,
      8,
    );
  });

  test("have comments that end by themselves in a language without line comments", () => {
    assert.equal(surroundings([prose("note */ a"), code("a {}", "css"), code("", "css")], 2).before, "a {}\n\n");
  });

  test("keep every line of code of the language in its order, whatever the cells are", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", " ", "\n", "é", "😀"), maxLength: 20 });
    const cell = fc.oneof(
      text.map((one) => code(one)),
      text.map(prose),
      text.map((one) => code(one, "sql")),
    );
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 8 }), fc.nat(), (cells, pick) => {
        const index = pick % cells.length;
        const lines = (some: readonly Cell[]): string[] =>
          some
            .filter(({ kind, languageId }) => kind === cells[index]?.kind && languageId === cells[index].languageId)
            .flatMap((one) => one.text.split("\n"))
            .map((line) => line.trim())
            .filter((line) => line !== "");
        const { before, after } = surroundings(cells, index);
        const added = (written: string): string[] =>
          written
            .split("\n")
            .map((line) => line.trim())
            .filter((line) => line !== "" && !/^(?:#|--)/.test(line));
        const isCode = cells[index]?.kind === "code";
        assert.deepEqual(added(after), lines(cells.slice(index + 1)));
        if (isCode) {
          assert.deepEqual(added(before), lines(cells.slice(0, index)));
        }
        assert.ok(before === "" || before.endsWith("\n\n"));
        assert.ok(after === "" || after.startsWith("\n\n"));
      }),
    );
  });

  test("of a cell that is not there are nothing", () => {
    assert.deepEqual(surroundings([code("a")], -1), { before: "", after: "" });
  });
});

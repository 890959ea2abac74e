/** Which code is explained when nothing is selected. */
import * as assert from "node:assert/strict";
import { rangeLabel, type PlainRange } from "../../../../src/extension/codeLabel";
import { enclosingRange, type PlainSymbol } from "../../../../src/extension/commands/explainTarget";

const FUNCTION = 11;
const CLASS = 4;
const VARIABLE = 12;
const KINDS = new Set([FUNCTION, CLASS]);

function lines(first: number, last: number): PlainRange {
  return { start: { line: first, character: 0 }, end: { line: last, character: 80 } };
}

const nested: PlainSymbol[] = [
  {
    kind: CLASS,
    range: lines(0, 20),
    children: [
      { kind: FUNCTION, range: lines(2, 6), children: [{ kind: VARIABLE, range: lines(3, 3) }] },
      { kind: FUNCTION, range: lines(8, 12) },
    ],
  },
  { kind: VARIABLE, range: lines(30, 31) },
];

suite("the code around the cursor", () => {
  const cases: [name: string, line: number, expected: PlainRange | undefined][] = [
    ["is the innermost function", 4, lines(2, 6)],
    ["is the function even on one of its variables", 3, lines(2, 6)],
    ["is the class between its methods", 7, lines(0, 20)],
    ["is nothing outside", 25, undefined],
    ["is nothing on a mere variable", 30, undefined],
  ];
  for (const [name, line, expected] of cases) {
    test(name, () => {
      assert.deepEqual(enclosingRange(nested, { line, character: 1 }, KINDS), expected);
    });
  }

  test("is found among flat symbols too, the smallest of them", () => {
    const flat = [lines(0, 20), lines(2, 6), lines(0, 30)].map((range) => ({ kind: FUNCTION, location: { range } }));
    assert.deepEqual(enclosingRange(flat, { line: 4, character: 0 }, KINDS), lines(2, 6));
  });
});

suite("range labels", () => {
  test("count lines from one", () => {
    assert.equal(rangeLabel("knn.py", lines(2, 11)), "knn.py:3-12");
    assert.equal(rangeLabel("knn.py", lines(2, 2)), "knn.py:3");
  });

  test("do not count a line of which nothing is selected", () => {
    const range = { start: { line: 2, character: 0 }, end: { line: 4, character: 0 } };
    assert.equal(rangeLabel("knn.py", range), "knn.py:3-4");
  });
});

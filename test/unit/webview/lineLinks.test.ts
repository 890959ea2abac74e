import assert from "node:assert/strict";
import { lineMentions } from "../../../src/webview/lineLinks";

suite("lines that an explanation names", () => {
  const known = { first: 3, last: 20 };
  const cases: [text: string, found: string[]][] = [
    ["On line 12 it returns.", ["line 12"]],
    ["Lines 3-5 and lines 7 to 9; L11, L12-L14.", ["Lines 3-5", "lines 7 to 9", "L11", "L12-L14"]],
    ["La línea 4 y las líneas 5 a 6.", ["línea 4", "líneas 5 a 6"]],
    ["line 2, line 21 and lines 19-30 are not there", []],
    ["lines 9-4 are none, nor is baseline 5 or HTML5", []],
    ["12 lines in outline 7", []],
  ];
  for (const [text, found] of cases) {
    test(text, () => {
      assert.deepEqual(
        lineMentions(text, known).map(({ start, end }) => text.slice(start, end)),
        found,
      );
    });
  }
});

/** What the server is asked, and what its items mean at the cursor. */
import * as assert from "node:assert/strict";
import {
  candidatesOf,
  completionParams,
  queryAfter,
  type CompletionQuery,
} from "../../../../src/extension/inline/request";

const range = (start: number, end: number) => ({
  start: { line: 1, character: start },
  end: { line: 1, character: end },
});
const CURSOR: CompletionQuery = {
  uri: "file:///a.js",
  version: 3,
  explicit: false,
  origin: "cursor",
  base: { range: range(10, 10), text: "" },
};
const SELECTED: CompletionQuery = { ...CURSOR, origin: "selectedItem", base: { range: range(8, 10), text: "log" } };
const LINE = "console.lo)";

suite("completion request", () => {
  test("is LSP's own for a cursor", () => {
    assert.deepEqual(completionParams(CURSOR), {
      textDocument: { uri: "file:///a.js" },
      position: { line: 1, character: 10 },
      context: { triggerKind: 2 },
    });
    assert.equal(completionParams({ ...CURSOR, explicit: true }).context.triggerKind, 1);
  });

  test("tells what IntelliSense has selected", () => {
    assert.deepEqual(completionParams(SELECTED).context.selectedCompletionInfo, SELECTED.base);
  });

  test("tells how the editor indents", () => {
    const formatting = { tabSize: 2, insertSpaces: true };
    const query = { ...CURSOR, formatting };
    assert.deepEqual(completionParams(query).llama2, { formatting });
    const next = completionParams(queryAfter(query, { text: "(a)", replaceAfter: 0 }));
    assert.deepEqual(next.llama2, { accepted: { range: range(10, 10), text: "(a)" }, formatting });
  });

  test("asks for what follows a suggestion, also one that extends a selected item", () => {
    const next = queryAfter(SELECTED, { text: "(a)", replaceAfter: 1 });
    assert.deepEqual(completionParams(next).llama2, { accepted: { range: range(8, 11), text: "log(a)" } });
    assert.equal(completionParams(next).context.selectedCompletionInfo, undefined);
    assert.deepEqual(completionParams(queryAfter(next, { text: ";", replaceAfter: 0 })).llama2, {
      accepted: { range: range(8, 11), text: "log(a);" },
    });
  });

  const items: [name: string, query: CompletionQuery, insertText: string, at: [number, number], expected: unknown[]][] =
    [
      ["at the cursor", CURSOR, "g()", [10, 10], [{ text: "g()", replaceAfter: 0 }]],
      ["that replaces what follows", CURSOR, "g)", [10, 11], [{ text: "g)", replaceAfter: 1 }]],
      ["that repeats what stands before", CURSOR, "log()", [8, 10], [{ text: "g()", replaceAfter: 0 }]],
      ["that changes what stands before", CURSOR, "error()", [8, 10], []],
      ["that extends the selected item", SELECTED, "log(a)", [8, 10], [{ text: "(a)", replaceAfter: 0 }]],
      ["that is only the selected item", SELECTED, "log", [8, 10], []],
      ["that does not contain the selected item", SELECTED, "low()", [8, 10], []],
      [
        "after an accepted one",
        queryAfter(CURSOR, { text: "g)", replaceAfter: 1 }),
        ";",
        [11, 11],
        [{ text: ";", replaceAfter: 0 }],
      ],
      ["that ends before the cursor", CURSOR, "x", [8, 9], []],
    ];
  for (const [name, query, insertText, [start, end], expected] of items) {
    test(`an item ${name}`, () => {
      assert.deepEqual(candidatesOf([{ insertText, range: range(start, end) }], query, LINE), expected);
    });
  }

  test("items without range are inserted, and the same text is offered once", () => {
    assert.deepEqual(candidatesOf([{ insertText: "a" }, { insertText: "a" }, { insertText: "b" }], CURSOR, LINE), [
      { text: "a", replaceAfter: 0 },
      { text: "b", replaceAfter: 0 },
    ]);
  });
});

/** Ids of context go to the page and come back; what the page sends is not trusted. */
import * as assert from "node:assert/strict";
import { itemId, parseItem, type ContextItem } from "../../../../../src/extension/chat/context/contextItem";

suite("ids of context", () => {
  const items: readonly ContextItem[] = [
    { kind: "file", uri: "file:///a%20b.ts" },
    { kind: "selection" },
    { kind: "openEditors" },
    { kind: "problems" },
    { kind: "problems", uri: "file:///a.ts" },
    { kind: "terminal" },
    { kind: "terminal", terminal: "3" },
    { kind: "changes", root: "file:///repo", staged: true },
    { kind: "symbol", uri: "file:///a.ts", name: "knn", line: 3, character: 4 },
  ];
  for (const item of items) {
    test(`${JSON.stringify(item)} comes back as it went`, () => {
      assert.deepEqual(parseItem(itemId(item)), item);
    });
  }

  for (const id of ["", "null", "{", '"file"', '{"kind":"file"}', '{"kind":"else"}', '{"kind":"symbol","uri":1}']) {
    test(`${id === "" ? "nothing" : id} is no id`, () => {
      assert.equal(parseItem(id), undefined);
    });
  }
});

/** What is found behind "@" for some letters, and where the letters are. */
import * as assert from "node:assert/strict";
import { bestMatches } from "../../../../../src/extension/chat/context/fuzzy";
import { namedEntries } from "../../../../../src/extension/chat/context/namedEntries";

const paths = ["src/conv/abc.ts", "src/chat/conversation.ts", "samples/knn.py", "docs/architecture.md"];

function found(query: string): string[] {
  const name = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
  return bestMatches(query, paths, { name, also: (path) => path, limit: 3 }).map(({ value }) => value);
}

const entries = [
  { keyword: "selection", suggestion: { id: "s", label: "Selección", icon: "i" } },
  { keyword: "problems", suggestion: { id: "p", label: "Problemas de este archivo", icon: "i" } },
  { keyword: "git staged diff", suggestion: { id: "g", label: "Git: cambios preparados", icon: "i" } },
];

suite("names of context", () => {
  test("letters in a file's name count more than in its folder", () => {
    assert.deepEqual(found("conv"), ["src/chat/conversation.ts", "src/conv/abc.ts"]);
  });

  test("a path narrows to its folder", () => {
    assert.equal(found("chat/conv")[0], "src/chat/conversation.ts");
  });

  test("with nothing typed all are there in their order, up to the limit", () => {
    assert.deepEqual(found(""), paths.slice(0, 3));
  });

  test("what is nowhere is not found", () => {
    assert.deepEqual(found("xyz"), []);
  });

  test("entries with a name are found by a word of it and by their English keyword", () => {
    const ids = (query: string): string[] => namedEntries(query, entries).map(({ id }) => id);
    assert.deepEqual(ids(""), ["s", "p", "g"]);
    assert.deepEqual(ids("problems"), ["p"]);
    assert.deepEqual(ids("ARCH"), ["p"]);
    assert.deepEqual(ids("staged"), ["g"]);
    assert.deepEqual(ids("ection"), []);
  });

  test("the letters found in a name are marked, those of the keyword are not", () => {
    assert.deepEqual(namedEntries("cam", entries)[0]?.matches, [5, 6, 7]);
    assert.deepEqual(namedEntries("diff", entries)[0]?.matches, []);
  });
});

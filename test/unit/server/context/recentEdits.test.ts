import assert from "node:assert/strict";
import { TextDocument } from "vscode-languageserver-textdocument";
import { RecentEdits } from "../../../../src/server/context/recentEdits";

function documentOf(name: string, words = name): TextDocument {
  const text = Array.from({ length: 200 }, (_, line) => `${words}_${String(line)}_value`).join("\n");
  return TextDocument.create(`file:///${name}.py`, "python", 1, text);
}

suite("recent edits", () => {
  test("a place is kept when the user goes on to another one", () => {
    const edits = new RecentEdits();
    const [first, second] = [documentOf("first"), documentOf("second")];
    edits.edited(first, 50);
    edits.edited(first, 55);
    assert.equal(edits.chunks.length, 0);
    edits.edited(second, 3);
    edits.edited(second, 100);
    const places: unknown = edits.chunks.map(({ uri, text }) => [uri, text.slice(0, text.indexOf("\n"))]);
    assert.deepEqual(places, [
      [first.uri, "first_40_value"],
      [second.uri, "second_0_value"],
    ]);
  });

  test("of nearly the same pieces the newest stays, and of all pieces the last sixteen", () => {
    const edits = new RecentEdits();
    const [a, b] = [documentOf("a", "same"), documentOf("b", "same")];
    edits.edited(a, 50);
    edits.edited(b, 50);
    edits.edited(a, 150);
    assert.deepEqual(
      edits.chunks.map(({ uri }) => uri),
      [b.uri],
    );
    Array.from({ length: 20 }, (_, index) => documentOf(`more${String(index)}`)).forEach((document) => {
      edits.edited(document, 10);
    });
    assert.equal(edits.chunks.length, 16);
  });
});

/** Where pasted code stands in a document. */
import * as assert from "node:assert/strict";
import { placeOf } from "../../../../../src/extension/chat/context/placeOf";

suite("the place of a piece of text", () => {
  const text = "one\ntwo\nthree\ntwo\n";

  test("is its lines and characters", () => {
    assert.deepEqual(placeOf("wo\nth", text), { start: { line: 1, character: 1 }, end: { line: 2, character: 2 } });
  });

  test("is not known where it stands twice, nowhere, or is blank", () => {
    assert.equal(placeOf("two\n", text), undefined);
    assert.equal(placeOf("four", text), undefined);
    assert.equal(placeOf("\n", "a\nb"), undefined);
  });
});

import assert from "node:assert/strict";
import * as fc from "fast-check";
import { applyEdit, editsBetween, rebase } from "../../../src/apply/rebase";

suite("edits between two versions of a file", () => {
  const text = fc
    .array(fc.constantFrom("a", "b", "c", "", "\n", "\n", "\r\n"), { maxLength: 30 })
    .map((parts) => parts.join(""));

  test("make the one of the other, in any order from the last on", () => {
    fc.assert(
      fc.property(text, text, (old, next) => {
        assert.equal(editsBetween(old, next).toReversed().reduce(applyEdit, old), next);
      }),
    );
  });

  test("say which lines of the new text they are about", () => {
    const [first, second, ...rest] = editsBetween("a\nb\nc\nd\n", "a\nB\nB\nc\n");
    assert.deepEqual(first?.lines, { start: 1, end: 3 });
    assert.deepEqual(second?.lines, { start: 4, end: 4 });
    assert.deepEqual(rest, []);
  });
});

suite("a proposal for a file that changes meanwhile", () => {
  const base = "1\n2\n3\n4\n5\n6\n7\n8\n";
  const proposed = "1\n2\n3\n4\n5\n6\nseven\n8\n";

  test("keeps what it proposes and takes over what was changed elsewhere", () => {
    assert.equal(rebase(base, proposed, "1\ntwo\n3\n4\n5\n6\n7\n8\n"), "1\ntwo\n3\n4\n5\n6\nseven\n8\n");
    assert.equal(rebase(base, proposed, `0\n${base}`), `0\n${proposed}`);
  });

  test("is given up where both changed the same lines", () => {
    assert.equal(rebase(base, proposed, "1\n2\n3\n4\n5\n6\n77\n8\n"), undefined);
  });

  test("stays as it is for the same file", () => {
    assert.equal(rebase(base, proposed, base), proposed);
  });
});

/** Counts of what was shown and taken, by language. */
import * as assert from "node:assert/strict";
import { Acceptance } from "../../../../src/extension/inline/acceptance";

suite("acceptance counts", () => {
  test("a suggestion counts once, however often it is narrowed, and is accepted once, word by word", () => {
    const acceptance = new Acceptance(undefined, () => undefined);
    acceptance.shown(1, "python");
    acceptance.shown(1, "python");
    acceptance.shown(2, "python");
    acceptance.accepted(2, "python");
    acceptance.accepted(2, "python");
    assert.deepEqual(acceptance.of("python"), { shown: 2, accepted: 1 });
    assert.deepEqual(acceptance.of("rust"), { shown: 0, accepted: 0 });
  });

  test("what was saved is gone on with, and what is malformed counts as nothing", () => {
    let saved: unknown = { python: { shown: 5, accepted: 2 }, rust: "?", go: { shown: -1 } };
    const acceptance = new Acceptance(saved, (counts) => {
      saved = counts;
    });
    acceptance.shown(1, "python");
    assert.deepEqual(saved, {
      python: { shown: 6, accepted: 2 },
      rust: { shown: 0, accepted: 0 },
      go: { shown: 0, accepted: 0 },
    });
  });
});

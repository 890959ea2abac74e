/** When a suggestion is asked for and shown. */
import * as assert from "node:assert/strict";
import {
  isLanguageEnabled,
  isSamePlace,
  mayComplete,
  type CompletionFacts,
} from "../../../../src/extension/inline/policy";

const WANTED: CompletionFacts = {
  enabled: true,
  languages: { "*": true },
  languageId: "python",
  synced: true,
  engineRunning: true,
};

suite("completion policy", () => {
  test("asks where everything is on", () => {
    assert.ok(mayComplete(WANTED));
  });

  const reasons: [string, Partial<CompletionFacts>][] = [
    ["completions are off", { enabled: false }],
    ["the language is off", { languages: { "*": true, python: false } }],
    ["the document is not mirrored", { synced: false }],
    ["the engine does not run", { engineRunning: false }],
  ];
  for (const [reason, facts] of reasons) {
    test(`does not ask when ${reason}`, () => {
      assert.ok(!mayComplete({ ...WANTED, ...facts }));
    });
  }

  const languages: [Record<string, boolean>, boolean][] = [
    [{}, true],
    [{ "*": false }, false],
    [{ "*": false, python: true }, true],
    [{ python: false }, false],
    [{ rust: false }, true],
  ];
  for (const [table, expected] of languages) {
    test(`python is ${expected ? "on" : "off"} with ${JSON.stringify(table)}`, () => {
      assert.equal(isLanguageEnabled(table, "python"), expected);
    });
  }

  test("a suggestion is shown only where it was asked for", () => {
    const asked = { version: 3, line: 5, character: 2 };
    assert.ok(isSamePlace(asked, { ...asked }));
    assert.ok(!isSamePlace(asked, { ...asked, version: 4 }));
    assert.ok(!isSamePlace(asked, { ...asked, line: 6 }));
    assert.ok(!isSamePlace(asked, { ...asked, character: 3 }));
  });
});

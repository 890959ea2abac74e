/** When a suggestion is asked for. */
import * as assert from "node:assert/strict";
import {
  MAX_COMPLETED_LENGTH,
  isLanguageEnabled,
  mayComplete,
  type CompletionFacts,
} from "../../../../src/extension/inline/policy";

const WANTED: CompletionFacts = {
  enabled: true,
  languages: { "*": true },
  languageId: "python",
  synced: true,
  engineReady: true,
  writable: true,
  documentLength: 1_000,
  cursors: 1,
  explicit: false,
  before: "",
  after: "",
  selected: undefined,
};

suite("completion policy", () => {
  test("asks where everything is on", () => {
    assert.ok(mayComplete(WANTED));
  });

  const reasons: [string, Partial<CompletionFacts>][] = [
    ["completions are off", { enabled: false }],
    ["the language is off", { languages: { "*": true, python: false } }],
    ["the document is not mirrored, as output channels are not", { synced: false }],
    ["the engine is not ready", { engineReady: false }],
    ["the file system is read-only", { writable: false }],
    ["the document is huge", { documentLength: MAX_COMPLETED_LENGTH + 1 }],
    ["there are several cursors", { cursors: 2 }],
    ["IntelliSense has selected what was not typed", { selected: { text: "forEach", replaced: "fE" } }],
  ];
  for (const [reason, facts] of reasons) {
    test(`does not ask when ${reason}, not even by command`, () => {
      assert.ok(!mayComplete({ ...WANTED, ...facts }));
      assert.ok(!mayComplete({ ...WANTED, ...facts, explicit: true }));
    });
  }

  test("asks where what IntelliSense has selected goes on with what was typed", () => {
    assert.ok(mayComplete({ ...WANTED, selected: { text: "forEach", replaced: "for" } }));
  });

  const places: [shown: string, before: string, after: string, asks: boolean][] = [
    ["wo‸rd", "o", "r", false],
    ["wör‸ter", "r", "t", false],
    ["x_‸y", "_", "y", false],
    ["word‸", "d", "", true],
    ["f(‸)", "(", ")", true],
    ["‸word", "", "w", true],
    ["= ‸word", " ", "w", true],
  ];
  for (const [shown, before, after, asks] of places) {
    test(`${asks ? "asks" : "does not ask"} at ${shown}`, () => {
      assert.equal(mayComplete({ ...WANTED, before, after }), asks);
      assert.ok(mayComplete({ ...WANTED, before, after, explicit: true }), "who asks by command gets it");
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
});

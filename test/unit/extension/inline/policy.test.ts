/** When a suggestion is asked for. */
import * as assert from "node:assert/strict";
import {
  MAX_COMPLETED_LENGTH,
  isLanguageEnabled,
  refusalOf,
  type CompletionFacts,
  type Refusal,
} from "../../../../src/extension/inline/policy";
import { refusalText } from "../../../../src/extension/inline/refusalText";

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
    assert.equal(refusalOf(WANTED), undefined);
  });

  const reasons: [string, Partial<CompletionFacts>, Refusal][] = [
    ["completions are off", { enabled: false }, "off"],
    ["the language is off", { languages: { "*": true, python: false } }, "languageOff"],
    ["the document is not mirrored, as output channels are not", { synced: false }, "notCode"],
    ["the engine is not ready", { engineReady: false }, "engineNotReady"],
    ["the file system is read-only", { writable: false }, "readOnly"],
    ["the document is huge", { documentLength: MAX_COMPLETED_LENGTH + 1 }, "tooLong"],
    ["there are several cursors", { cursors: 2 }, "manyCursors"],
    ["IntelliSense has selected what was not typed", { selected: { text: "forEach", replaced: "fE" } }, "otherItem"],
  ];
  for (const [reason, facts, refusal] of reasons) {
    test(`does not ask when ${reason}, not even by command`, () => {
      assert.equal(refusalOf({ ...WANTED, ...facts }), refusal);
      assert.equal(refusalOf({ ...WANTED, ...facts, explicit: true }), refusal, "and that can be told");
      assert.match(
        refusalText(refusal, WANTED, (text, ...values) => [text, ...values].join(" ")),
        /no suggestion.*\./,
      );
    });
  }

  test("asks where what IntelliSense has selected goes on with what was typed", () => {
    assert.equal(refusalOf({ ...WANTED, selected: { text: "forEach", replaced: "for" } }), undefined);
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
      assert.equal(refusalOf({ ...WANTED, before, after }), asks ? undefined : "insideWord");
      assert.equal(refusalOf({ ...WANTED, before, after, explicit: true }), undefined, "who asks by command gets it");
    });
  }

  test("names what the user can change before what is as it is", () => {
    assert.equal(refusalOf({ ...WANTED, enabled: false, writable: false, cursors: 2 }), "off");
  });

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

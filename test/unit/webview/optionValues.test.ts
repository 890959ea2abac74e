/** Options of a conversation: what differs from the settings, and what people type. */
import * as assert from "node:assert/strict";
import type { ConversationOptions } from "../../../src/protocol/chatView";
import { DEFAULT_SAMPLING } from "../../../src/protocol/sampling";
import { changesOf, differs, parseSeed, parseValue } from "../../../src/webview/optionValues";

const same: ConversationOptions = {
  sampling: DEFAULT_SAMPLING,
  systemPrompt: "",
  defaults: { sampling: DEFAULT_SAMPLING, systemPrompt: "" },
};

suite("options of a conversation", () => {
  test("only what differs from the settings is kept", () => {
    assert.deepEqual(changesOf(same), { sampling: {} });
    assert.equal(differs(same), false);
    const sampling = { ...DEFAULT_SAMPLING, topK: 3, seed: 7 };
    assert.deepEqual(changesOf({ ...same, sampling }), { sampling: { topK: 3, seed: 7 } });
    assert.deepEqual(changesOf({ ...same, systemPrompt: "Be brief." }), { sampling: {}, systemPrompt: "Be brief." });
    assert.ok(differs({ ...same, sampling }) && differs({ ...same, systemPrompt: "x" }));
  });

  test("no system prompt at all differs from one in the settings", () => {
    const options = { ...same, defaults: { ...same.defaults, systemPrompt: "Be brief." } };
    assert.deepEqual(changesOf(options), { sampling: {}, systemPrompt: "" });
  });

  const values: readonly (readonly [Parameters<typeof parseValue>[0], string, number | undefined])[] = [
    ["temperature", "0.7", 0.7],
    ["temperature", " 0,7 ", 0.7],
    ["temperature", "9", 4],
    ["temperature", "0", 0.1],
    ["topK", "12.6", 13],
    ["maxTokens", "99999", 2048],
    ["topP", "0", 0.05],
    ["topP", "", undefined],
    ["topP", "much", undefined],
    ["repeatPenalty", "Infinity", undefined],
  ];
  for (const [key, text, value] of values) {
    test(`${key} "${text}" is ${String(value)}`, () => {
      assert.equal(parseValue(key, text), value);
    });
  }

  test("a seed is a whole number, or nothing for a new one each time", () => {
    assert.deepEqual(["7", " 42 ", "", "1.5", "-1", "x", "9999999999"].map(parseSeed), [
      7,
      42,
      null,
      undefined,
      undefined,
      undefined,
      0xffffffff,
    ]);
  });
});

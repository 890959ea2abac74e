/** How it stands with the context, from the engine's figures. */
import * as assert from "node:assert/strict";
import type { TokenCounts } from "../../../src/protocol/chatView";
import { fillOf } from "../../../src/webview/contextMeter";

const usage: TokenCounts = {
  contextTokens: 4096,
  answerTokens: 1024,
  promptTokens: 100,
  droppedPairs: 0,
  attachmentTokens: [],
  tooLong: false,
};

suite("context meter of the page", () => {
  const cases: readonly (readonly [string, Partial<TokenCounts>, ReturnType<typeof fillOf>])[] = [
    ["a short conversation has room", {}, "room"],
    ["near what a prompt may have it is nearly full", { promptTokens: 2800 }, "nearlyFull"],
    ["what is kept for the answer counts", { promptTokens: 2800, answerTokens: 100 }, "room"],
    ["once questions are left out that is what matters", { promptTokens: 3000, droppedPairs: 2 }, "overflowing"],
    ["a question that is refused is too long", { promptTokens: 9000, tooLong: true, droppedPairs: 2 }, "tooLong"],
  ];
  for (const [behaviour, change, fill] of cases) {
    test(behaviour, () => {
      assert.equal(fillOf({ ...usage, ...change }), fill);
    });
  }
});

/** What the page asks for is parsed, never trusted. */
import * as assert from "node:assert/strict";
import { parseFromView } from "../../../src/protocol/chatView";

suite("what the chat page asks to be done to the conversation", () => {
  const cases: readonly (readonly [unknown, unknown])[] = [
    [{ type: "retry", more: 1 }, { type: "retry" }],
    [{ type: "undo" }, { type: "undo" }],
    [{ type: "clear" }, { type: "clear" }],
    [{ type: "restore" }, { type: "restore" }],
    [
      { type: "resend", messageId: "m", text: "t", attachments: [0, "1", 2.5, null, 3] },
      { type: "resend", messageId: "m", text: "t", attachments: [0, 3] },
    ],
    [
      { type: "resend", messageId: 3 },
      { type: "resend", messageId: "", text: "", attachments: [] },
    ],
    [{ type: "deleteExchange" }, { type: "deleteExchange", messageId: "" }],
    [
      { type: "draft", text: 7 },
      { type: "draft", text: "" },
    ],
    [
      { type: "setOptions", sampling: { topK: 99999, temperature: "hot", seed: null, other: 1 }, systemPrompt: "x" },
      { type: "setOptions", sampling: { topK: 1000, seed: null }, systemPrompt: "x" },
    ],
    [
      { type: "setOptions", sampling: [], systemPrompt: 1 },
      { type: "setOptions", sampling: {} },
    ],
    [{ type: "explode" }, undefined],
    ["retry", undefined],
  ];
  for (const [data, message] of cases) {
    test(JSON.stringify(data), () => {
      assert.deepEqual(parseFromView(data), message);
    });
  }
});

/** What VS Code kept for the page is read without trust: an older version of us may have written it. */
import * as assert from "node:assert/strict";
import { parseSavedState } from "../../../src/webview/savedState";

suite("saved state of the chat page", () => {
  test("what was saved is restored", () => {
    for (const saved of [
      {
        draft: "half a quest",
        scroll: { kind: "end" },
        edit: { messageId: "m1", text: "half an edit", attachments: [1] },
        optionsOpen: true,
      },
      { draft: "", scroll: { kind: "at", messageId: "m7", offset: 120.5 }, edit: undefined, optionsOpen: false },
    ]) {
      assert.deepEqual(parseSavedState(JSON.parse(JSON.stringify(saved))), saved);
    }
  });

  test("anything else gives a new page", () => {
    for (const data of [undefined, null, 3, "x", [], {}, { draft: 3, scroll: "end" }, { scroll: { kind: "at" } }]) {
      assert.deepEqual(parseSavedState(data), {
        draft: "",
        scroll: { kind: "end" },
        edit: undefined,
        optionsOpen: false,
      });
    }
  });
});

/** Values in texts. */
import * as assert from "node:assert/strict";
import { format } from "../../../src/webview/strings";

suite("texts of the chat page", () => {
  test("values stand in their places, in any order and more than once", () => {
    assert.equal(format("{1} of {0}, {1}", "a", 2), "2 of a, 2");
  });

  test("a place without a value stays, and values are not looked into", () => {
    assert.equal(format("{0} {1}", "{1}"), "{1} {1}");
  });
});

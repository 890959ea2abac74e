/** A failed answer offers what helps against its failure. */
import * as assert from "node:assert/strict";
import { failureActions } from "../../../src/webview/failureActions";

suite("actions of a failed answer", () => {
  const cases = [
    ["noModel", ["downloadModel", "selectModel"]],
    ["outOfMemory", ["selectModel", "restartEngine"]],
    ["crashed", ["restartEngine", "showLog"]],
    ["promptTooLong", []],
    [undefined, ["showLog"]],
  ] as const;
  for (const [code, types] of cases) {
    test(`${code ?? "an unknown failure"} offers ${types.join(", ") || "nothing"}`, () => {
      assert.deepEqual(
        failureActions(code).map(({ type }) => type),
        types,
      );
    });
  }
});

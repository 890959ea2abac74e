/** What the chat page is told of the chat model while the process is not there. */
import * as assert from "node:assert/strict";
import { modelState } from "../../../src/extension/engineApi";

suite("the state of a model", () => {
  test("is what the process says while it runs", () => {
    const chat = { kind: "loading", path: "/m", fraction: 0.5 } as const;
    assert.equal(
      modelState({ kind: "running", models: { chat, completion: { kind: "stopped" } } }, "chat", "/m"),
      chat,
    );
  });

  test("is loading while the process starts, where a model is configured", () => {
    assert.deepEqual(modelState({ kind: "starting" }, "chat", "/m"), { kind: "loading", path: "/m", fraction: 0 });
    assert.deepEqual(modelState({ kind: "restarting", detail: "" }, "chat", ""), { kind: "stopped" });
  });

  test("is failed when the process was given up", () => {
    assert.deepEqual(modelState({ kind: "failed", detail: "exit code 1" }, "chat", "/m"), {
      kind: "failed",
      path: "/m",
      error: { code: "crashed", detail: "exit code 1" },
    });
  });
});

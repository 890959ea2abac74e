/** The inference process dies, and nothing is lost. */
import * as assert from "node:assert/strict";
import {
  beginAnswer,
  closeAllEditors,
  configure,
  engineState,
  eventually,
  extensionApi,
  lastAnswer,
  modelsReady,
  openText,
} from "../host";
import * as vscode from "vscode";
import type { TestApi } from "../../../src/extension/testApi";

function pidOf(api: TestApi): number {
  const pid = api.enginePid();
  assert.ok(pid !== undefined);
  return pid;
}

suite("recovery", () => {
  setup(async () => {
    const api = await extensionApi();
    await api.fromPage({ type: "restartEngine" }); // forgets the crashes of the tests before
    await modelsReady(api);
    await api.fromPage({ type: "newChat" });
  });

  teardown(async () => {
    await configure("chat.maxTokens", undefined);
    await closeAllEditors();
  });

  test("a process that is killed in the middle of an answer is reported, started again, and asked again", async () => {
    const api = await extensionApi();
    const first = pidOf(api);
    const states: string[] = [];
    const texts: string[] = [];
    const subscription = api.onDidChangeEngineState(({ kind }) => {
      states.push(kind);
      texts.push(api.status().text);
    });
    try {
      const answer = await eventually("an answer that is still being written", () => beginAnswer(api));
      process.kill(first, "SIGKILL");
      await answer.ended;
      assert.equal(lastAnswer(api).status.kind, "done", JSON.stringify(lastAnswer(api).status));
      assert.ok(lastAnswer(api).text !== "");
      assert.notEqual(pidOf(api), first);
      assert.ok(states.includes("restarting"), states.join());
      assert.ok(
        texts.some((text) => text.includes("restarting")),
        texts.join(),
      );
    } finally {
      subscription.dispose();
    }
  });

  test("open documents are known to the new process", async () => {
    const api = await extensionApi();
    const editor = await openText("def add(a, b):\n    return a + b\n\n\ndef subtract(a, b):\n    return‸", "python");
    await configure("chat.maxTokens", 16);
    process.kill(pidOf(api), "SIGKILL");
    await engineState(api, "the restart", ({ kind }) => kind === "restarting");
    await modelsReady(api);
    await vscode.commands.executeCommand("llama2.explainSelection");
    assert.equal(lastAnswer(api).status.kind, "done", JSON.stringify(lastAnswer(api).status));
    assert.ok(editor.document.getText().endsWith("return"));
  });

  test("the engine is restarted by command, with a new process", async () => {
    const api = await extensionApi();
    const first = pidOf(api);
    await vscode.commands.executeCommand("llama2.restartEngine");
    await modelsReady(api);
    assert.notEqual(pidOf(api), first);
    assert.throws(() => process.kill(first, 0), "the old process is gone");
  });

  test("a process that dies again and again is given up, and Restart brings it back", async () => {
    const api = await extensionApi();
    let state = api.engineState();
    for (let last = 0; state.kind !== "failed";) {
      state = await engineState(
        api,
        "a new process, or giving up",
        ({ kind }) => kind === "failed" || (kind === "running" && api.enginePid() !== last),
      );
      if (state.kind === "running") {
        last = pidOf(api);
        process.kill(last, "SIGKILL");
      }
    }
    assert.match(api.status().text, /failed/);
    await api.fromPage({ type: "send", text: "Are you there?" });
    const { status } = lastAnswer(api);
    assert.ok(status.kind === "failed" && status.message.includes("Restart Engine"));
    await vscode.commands.executeCommand("llama2.restartEngine");
    await modelsReady(api);
  });
});

/** What the chat page shows after each message of the extension. */
import * as assert from "node:assert/strict";
import type { ToView, ViewAnswer, ViewQuestion } from "../../../src/protocol/chatView";
import { initialState, lastQuestion, reduce, runningAnswer, type PageState } from "../../../src/webview/state";

const question: ViewQuestion = { role: "user", id: "q1", text: "Why?", attachments: [] };
const waiting: ViewAnswer = { role: "assistant", id: "a1", text: "", status: { kind: "waiting", reason: "Loading…" } };
const attachment = { label: "knn.py:3-12", languageId: "python", text: "def fit(): ..." };

function after(...messages: readonly ToView[]): PageState {
  return messages.reduce(reduce, initialState);
}

suite("state of the chat page", () => {
  test("a new page is not connected, so that it does not pretend to be empty", () => {
    assert.equal(initialState.connected, false);
    assert.equal(after({ type: "engine", state: { kind: "stopped" } }).connected, false);
    assert.equal(after({ type: "conversation", messages: [], pending: [] }).connected, true);
  });

  test("a conversation replaces messages and pending attachments and leaves the engine", () => {
    const state = after(
      { type: "engine", state: { kind: "stopped" } },
      { type: "message", message: question },
      { type: "conversation", messages: [waiting], pending: [attachment] },
    );
    assert.deepEqual(state, {
      connected: true,
      messages: [waiting],
      pending: [attachment],
      engine: { kind: "stopped" },
      restorable: 0,
    });
  });

  test("a message is added, or takes the place of the one with its id", () => {
    const stopped: ViewAnswer = { ...waiting, text: "Because", status: { kind: "stopped" } };
    const state = after(
      { type: "message", message: question },
      { type: "message", message: waiting },
      { type: "message", message: stopped },
    );
    assert.deepEqual(state.messages, [question, stopped]);
  });

  test("text is appended to its answer, which streams from then on", () => {
    const state = after(
      { type: "conversation", messages: [question, waiting], pending: [] },
      { type: "append", id: "a1", text: "Be" },
      { type: "append", id: "a1", text: "cause" },
    );
    assert.deepEqual(state.messages.at(-1), { ...waiting, text: "Because", status: { kind: "streaming" } });
  });

  test("messages that did not change keep their identity, so that they are not drawn again", () => {
    const before = after({ type: "conversation", messages: [question, waiting], pending: [] });
    assert.equal(reduce(before, { type: "append", id: "a1", text: "x" }).messages[0], before.messages[0]);
  });

  test("messages that are removed are gone, and what is beside them is kept as told", () => {
    const state = after(
      { type: "conversation", messages: [question, waiting], pending: [] },
      { type: "removed", ids: ["a1", "unknown"] },
      { type: "restorable", count: 1 },
      { type: "seenFrom", id: "q1" },
      { type: "takenBack", text: "Why?" },
    );
    assert.deepEqual([state.messages, state.restorable, state.seenFrom], [[question], 1, "q1"]);
    assert.equal(reduce(state, { type: "seenFrom" }).seenFrom, undefined);
  });

  test("text for a question, for an unknown answer, or no text, changes nothing", () => {
    const before = after({ type: "conversation", messages: [question, waiting], pending: [] });
    for (const [id, text] of [
      ["q1", "x"],
      ["a9", "x"],
      ["a1", ""],
    ] as const) {
      assert.deepEqual(reduce(before, { type: "append", id, text }), before);
    }
  });

  test("focusInput changes nothing", () => {
    assert.equal(reduce(initialState, { type: "focusInput" }), initialState);
  });

  test("pending attachments are replaced", () => {
    assert.deepEqual(after({ type: "pending", pending: [attachment] }).pending, [attachment]);
  });

  test("an answer runs while it is the last message and waits or streams", () => {
    const streaming: ViewAnswer = { ...waiting, status: { kind: "streaming" } };
    const cases = [
      { messages: [], running: undefined },
      { messages: [question], running: undefined },
      { messages: [question, waiting], running: waiting },
      { messages: [question, streaming], running: streaming },
      { messages: [question, { ...waiting, status: { kind: "stopped" } } as const], running: undefined },
      { messages: [waiting, question], running: undefined },
    ];
    for (const { messages, running } of cases) {
      assert.equal(runningAnswer(after({ type: "conversation", messages, pending: [] })), running);
    }
  });

  test("the last question is the newest one, and empty where there is none", () => {
    const second = { ...question, id: "q2", text: "And how?" };
    assert.equal(lastQuestion(initialState), "");
    assert.equal(
      lastQuestion(after({ type: "conversation", messages: [question, second, waiting], pending: [] })),
      "And how?",
    );
  });
});

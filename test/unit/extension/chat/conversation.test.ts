/** The conversation: what it keeps, what it tells the page, and what the model is asked. */
import * as assert from "node:assert/strict";
import type { CodeAttachment } from "../../../../src/extension/chat/attachment";
import { Conversation, type ConversationChange } from "../../../../src/extension/chat/conversation";
import type { GenerationFigures } from "../../../../src/protocol/engine";

const FIGURES: GenerationFigures = {
  model: "tiny",
  device: "CPU",
  promptTokens: 1,
  cachedTokens: 0,
  answerTokens: 1,
  firstTokenMs: 1,
  totalMs: 1,
  tokensPerSecond: 0,
};
const DONE = { kind: "done", figures: FIGURES } as const;
const CODE: CodeAttachment = { label: "a.py:1-2", uri: "file:///a.py", languageId: "python", text: "def f():\n  pass" };

function conversation(): { talk: Conversation; changes: ConversationChange[] } {
  const changes: ConversationChange[] = [];
  let ids = 0;
  const sources = { newId: () => `m${String(ids++)}`, now: () => new Date(ids * 1000) };
  return { talk: new Conversation((change) => changes.push(change), sources), changes };
}

suite("conversation", () => {
  test("a question comes with its empty answer", () => {
    const { talk, changes } = conversation();
    const id = talk.ask("hello");
    const [question, answer] = talk.messages;
    assert.equal(question?.text, "hello");
    assert.deepEqual(answer, { role: "assistant", id, text: "", status: { kind: "waiting", reason: "" } });
    assert.deepEqual(changes, [
      { type: "message", message: question },
      { type: "message", message: answer },
    ]);
  });

  test("the first text makes the answer streaming, more text is appended", () => {
    const { talk, changes } = conversation();
    const id = talk.ask("hello");
    changes.length = 0;
    talk.append(id, "a");
    talk.append(id, "b");
    const streaming = { role: "assistant", id, text: "a", status: { kind: "streaming" } };
    assert.deepEqual(changes, [
      { type: "message", message: streaming },
      { type: "append", id, text: "b" },
    ]);
    assert.equal(talk.messages[1]?.text, "ab");
  });

  test("the pending attachments go with the next question", () => {
    const { talk, changes } = conversation();
    talk.attach(CODE);
    const id = talk.ask("what is this?");
    const chip = { label: CODE.label, languageId: "python", text: CODE.text };
    assert.deepEqual(changes[0], { type: "pending", pending: [chip] });
    assert.deepEqual(changes[1], { type: "pending", pending: [] });
    assert.deepEqual(talk.messages[0], { role: "user", id: "m1", text: "what is this?", attachments: [chip] });
    const attachments = [{ uri: CODE.uri, languageId: "python", text: CODE.text }];
    assert.deepEqual(talk.turnsFor(id, ""), [{ role: "user", content: "what is this?", attachments }]);
    assert.deepEqual(talk.snapshot().pending, []);
  });

  test("a pending attachment can be removed, and a question about other code leaves it", () => {
    const { talk } = conversation();
    talk.attach(CODE);
    talk.attach({ ...CODE, label: "b.py:1" });
    talk.removePending(0);
    talk.removePending(7);
    talk.askAbout("explain", { ...CODE, label: "c.py:1" });
    assert.deepEqual(
      talk.snapshot().pending.map(({ label }) => label),
      ["b.py:1"],
    );
    assert.equal(talk.attachment(undefined, 0)?.label, "b.py:1");
    assert.equal(talk.attachment("m1", 0)?.label, "c.py:1");
    assert.equal(talk.attachment("m1", 1), undefined);
    assert.equal(talk.attachment("m9", 0), undefined);
  });

  test("the turns are the system prompt, the answered questions and the new one", () => {
    const { talk } = conversation();
    const first = talk.ask("one");
    talk.setAnswer(first, { text: "1", status: DONE });
    const second = talk.ask("two");
    assert.deepEqual(talk.turnsFor(second, "Be brief."), [
      { role: "system", content: "Be brief." },
      { role: "user", content: "one", attachments: [] },
      { role: "assistant", content: "1" },
      { role: "user", content: "two", attachments: [] },
    ]);
    assert.equal(talk.historyFor(second, "Be brief.").length, 3);
  });

  test("questions without an answer are not part of the turns, stopped answers are", () => {
    const { talk } = conversation();
    talk.setAnswer(talk.ask("failed"), { status: { kind: "failed", message: "x" } });
    talk.setAnswer(talk.ask("empty"), { status: { kind: "stopped" } });
    talk.setAnswer(talk.ask("stopped"), { text: "so far", status: { kind: "stopped" } });
    const contents = talk.turnsFor(talk.ask("now"), "").map(({ content }) => content);
    assert.deepEqual(contents, ["stopped", "so far", "now"]);
  });

  test("the question that the engine wrote stands in the history", () => {
    const { talk } = conversation();
    const id = talk.askAbout("Explain this code.", CODE);
    talk.setTurn(id, { role: "user", content: "Explain this code in detail." });
    talk.setAnswer(id, { text: "It passes.", status: DONE });
    assert.equal(talk.turnsFor(talk.ask("why?"), "")[0]?.content, "Explain this code in detail.");
    assert.equal(talk.messages[0]?.text, "Explain this code.");
  });

  test("a new conversation is empty, and late text for the one before is dropped", () => {
    const { talk, changes } = conversation();
    const id = talk.ask("hello");
    const before = talk.data;
    talk.startNew();
    assert.deepEqual(changes.at(-1), { type: "conversation", messages: [], pending: [] });
    changes.length = 0;
    talk.append(id, "late");
    talk.setAnswer(id, { text: "late", status: DONE });
    assert.deepEqual([talk.messages, changes], [[], []]);
    assert.notEqual(talk.ask("again"), id);
    assert.notEqual(talk.data.id, before.id);
    assert.equal(before.exchanges.length, 1);
  });
});

/** The conversation: what it keeps, what it tells the page, and what the model is asked. */
import * as assert from "node:assert/strict";
import type { CodeAttachment } from "../../../../src/extension/chat/attachment";
import { Conversation, type ConversationChange } from "../../../../src/extension/chat/conversation";
import { historyFor, samplingFor, turnsFor, turnsWith } from "../../../../src/extension/chat/conversationTurns";
import { titleOf } from "../../../../src/extension/chat/conversationData";
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
      { type: "seenFrom" },
      { type: "restorable", count: 0 },
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
    talk.pending.add(CODE);
    const id = talk.ask("what is this?");
    const chip = { label: CODE.label, languageId: "python", text: CODE.text };
    assert.deepEqual(changes[0], { type: "pending", pending: [chip] });
    assert.deepEqual(changes[1], { type: "pending", pending: [] });
    assert.deepEqual(talk.messages[0], { role: "user", id: "m1", text: "what is this?", attachments: [chip] });
    const attachments = [{ uri: CODE.uri, languageId: "python", text: CODE.text }];
    assert.deepEqual(turnsFor(talk.data, id, ""), [{ role: "user", content: "what is this?", attachments }]);
    assert.deepEqual(talk.snapshot().pending, []);
  });

  test("the same is not attached twice, and what is read anew takes its own place", () => {
    const { talk } = conversation();
    const file = { ...CODE, source: "the file" };
    talk.pending.add(CODE);
    talk.pending.add(file);
    talk.pending.add({ ...CODE });
    talk.pending.add({ ...file, text: "newer" });
    assert.deepEqual(
      talk.pending.all.map(({ text }) => text),
      [CODE.text, "newer"],
    );
  });

  test("a pending attachment can be removed, and a question about other code leaves it", () => {
    const { talk } = conversation();
    talk.pending.add(CODE);
    talk.pending.add({ ...CODE, uri: "file:///b.py", label: "b.py:1" });
    talk.pending.remove(0);
    talk.pending.remove(7);
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
    assert.deepEqual(turnsFor(talk.data, second, "Be brief."), [
      { role: "system", content: "Be brief." },
      { role: "user", content: "one", attachments: [] },
      { role: "assistant", content: "1" },
      { role: "user", content: "two", attachments: [] },
    ]);
    assert.equal(historyFor(talk.data, second, "Be brief.").length, 3);
  });

  test("questions without an answer are not part of the turns, stopped answers are", () => {
    const { talk } = conversation();
    talk.setAnswer(talk.ask("failed"), { status: { kind: "failed", message: "x" } });
    talk.setAnswer(talk.ask("empty"), { status: { kind: "stopped" } });
    talk.setAnswer(talk.ask("stopped"), { text: "so far", status: { kind: "stopped" } });
    const now = talk.ask("now");
    const contents = turnsFor(talk.data, now, "").map(({ content }) => content);
    assert.deepEqual(contents, ["stopped", "so far", "now"]);
  });

  test("the question that the engine wrote stands in the history", () => {
    const { talk } = conversation();
    const id = talk.askAbout("Explain this code.", CODE);
    talk.setTurn(id, { role: "user", content: "Explain this code in detail." });
    talk.setAnswer(id, { text: "It passes.", status: DONE });
    const why = talk.ask("why?");
    assert.equal(turnsFor(talk.data, why, "")[0]?.content, "Explain this code in detail.");
    assert.equal(talk.messages[0]?.text, "Explain this code.");
  });

  test("a new conversation is empty, and late text for the one before is dropped", () => {
    const { talk, changes } = conversation();
    const id = talk.ask("hello");
    const before = talk.data;
    talk.startNew();
    assert.deepEqual(changes.slice(-3), [
      { type: "conversation", messages: [], pending: [] },
      { type: "seenFrom" },
      { type: "restorable", count: 0 },
    ]);
    changes.length = 0;
    talk.append(id, "late");
    talk.setAnswer(id, { text: "late", status: DONE });
    assert.deepEqual([talk.messages, changes], [[], []]);
    assert.notEqual(talk.ask("again"), id);
    assert.notEqual(talk.data.id, before.id);
    assert.equal(before.exchanges.length, 1);
  });

  function texts(talk: Conversation): string[] {
    return talk.messages.map(({ text }) => text);
  }

  function talkOf(...questions: readonly string[]): ReturnType<typeof conversation> {
    const made = conversation();
    for (const question of questions) {
      made.talk.setAnswer(made.talk.ask(question), { text: question.toUpperCase(), status: DONE });
    }
    made.changes.length = 0;
    return made;
  }

  test("the last question goes back into the box with its attachments, before those that are pending", () => {
    const { talk, changes } = talkOf("one");
    talk.pending.add(CODE);
    talk.setAnswer(talk.ask("two"), { text: "2", status: DONE });
    talk.pending.add({ ...CODE, label: "b.py" });
    const gone = talk.messages.slice(2).map(({ id }) => id);
    changes.length = 0;
    assert.equal(talk.takeBack(), "two");
    assert.deepEqual(texts(talk), ["one", "ONE"]);
    assert.deepEqual(
      talk.snapshot().pending.map(({ label }) => label),
      ["a.py:1-2", "b.py"],
    );
    assert.deepEqual(changes[0], { type: "removed", ids: gone });
    talk.takeBack();
    assert.equal(talk.takeBack(), undefined);
  });

  test("a deleted pair comes back until something else is asked", () => {
    const { talk, changes } = talkOf("one", "two", "three");
    talk.remove(talk.messages[2]?.id ?? "");
    assert.deepEqual(texts(talk), ["one", "ONE", "three", "THREE"]);
    assert.deepEqual(changes.at(-1), { type: "restorable", count: 1 });
    talk.restore();
    assert.equal(texts(talk).length, 6);
    talk.clear();
    assert.deepEqual(changes.at(-1), { type: "restorable", count: 3 });
    talk.ask("four");
    assert.deepEqual(changes.at(-1), { type: "restorable", count: 0 });
    talk.restore();
    assert.deepEqual(texts(talk), ["four", ""]);
  });

  test("what was cleared keeps its id, its sampling and its system prompt", () => {
    const { talk } = talkOf("one");
    talk.setOptions({ sampling: { topK: 3 }, systemPrompt: "Be brief." });
    const { id } = talk.data;
    talk.clear();
    assert.deepEqual([talk.data.id, talk.data.sampling, talk.data.systemPrompt], [id, { topK: 3 }, "Be brief."]);
    talk.startNew();
    assert.deepEqual([talk.data.sampling, talk.data.systemPrompt], [{}, undefined]);
  });

  test("where the model's view begins follows from the pairs it did not get", () => {
    const { talk, changes } = talkOf("one", "two", "three");
    const last = talk.ask("four");
    talk.setDropped(last, 2);
    assert.equal(changes.at(-2)?.type, "seenFrom");
    talk.setAnswer(last, { text: "4", status: DONE });
    const ids = talk.messages.map(({ id }) => id);
    const seenFrom = (): unknown => changes.findLast(({ type }) => type === "seenFrom");
    assert.deepEqual(seenFrom(), { type: "seenFrom", id: ids[4] });
    talk.remove(ids[4] ?? "");
    assert.deepEqual(seenFrom(), { type: "seenFrom", id: ids[6] });
    talk.restore();
    assert.deepEqual(seenFrom(), { type: "seenFrom", id: ids[4] });
    talk.takeBack();
    assert.deepEqual(seenFrom(), { type: "seenFrom" });
  });

  test("questions without an answer do not count among the pairs that were dropped", () => {
    const { talk, changes } = talkOf("one");
    talk.setAnswer(talk.ask("failed"), { status: { kind: "failed", message: "x" } });
    talk.setAnswer(talk.ask("two"), { text: "2", status: DONE });
    const last = talk.ask("three");
    talk.setDropped(last, 1);
    talk.setAnswer(last, { text: "3", status: DONE });
    assert.deepEqual(
      changes.findLast(({ type }) => type === "seenFrom"),
      { type: "seenFrom", id: talk.messages[4]?.id },
    );
  });

  test("what would be asked is what is in the box, with what is pending, after the whole conversation", () => {
    const { talk } = talkOf("one");
    talk.pending.add(CODE);
    const attachments = [{ uri: CODE.uri, languageId: "python", text: CODE.text }];
    assert.deepEqual(turnsWith(talk.data, "dra", talk.pending.all, "Be brief."), [
      { role: "system", content: "Be brief." },
      { role: "user", content: "one", attachments: [] },
      { role: "assistant", content: "ONE" },
      { role: "user", content: "dra", attachments },
    ]);
  });

  suite("a question that a prompt file wrote", () => {
    const other: CodeAttachment = { ...CODE, uri: "file:///b.py", label: "b.py" };
    const diff: CodeAttachment = { uri: "file:///", label: "Staged changes", languageId: "diff", text: "+x" };
    const question = {
      shown: "/fix the loop",
      content: "Fix this.",
      attachments: [CODE],
      contained: [diff],
      sampling: { temperature: 0.2 },
    };

    test("shows the command and its code, and asks the model what the prompt says", () => {
      const { talk } = conversation();
      talk.pending.add(other);
      const id = talk.askPrompt(question);
      const [shown] = talk.messages;
      assert.deepEqual(shown?.role === "user" && [shown.text, shown.attachments.map(({ label }) => label)], [
        "/fix the loop",
        ["b.py", "a.py:1-2", "Staged changes"],
      ]);
      const [turn] = turnsFor(talk.data, id, "");
      assert.equal(turn?.content, "Fix this.");
      assert.deepEqual(turn.role === "user" && turn.attachments?.map(({ uri }) => uri), [other.uri, CODE.uri]);
    });

    test("its sampling goes before the conversation's, for this question only", () => {
      const { talk } = conversation();
      talk.setOptions({ sampling: { temperature: 1, topK: 3 }, systemPrompt: undefined });
      const prompted = talk.askPrompt(question);
      assert.deepEqual(samplingFor(talk.data, prompted), { temperature: 0.2, topK: 3 });
      const plain = talk.ask("and now?");
      assert.deepEqual(samplingFor(talk.data, plain), { temperature: 1, topK: 3 });
    });

    test("taken back, only what the user attached is pending again", () => {
      const { talk } = conversation();
      talk.pending.add(other);
      talk.askPrompt(question);
      assert.equal(talk.takeBack(), "/fix the loop");
      assert.deepEqual(
        talk.snapshot().pending.map(({ label }) => label),
        ["b.py"],
      );
    });

    test("takes the place of an earlier question, and names a conversation with its code", () => {
      const { talk } = talkOf("one", "two");
      talk.askPrompt(question, talk.messages[0]?.id);
      assert.equal(talk.messages.length, 2);
      assert.equal(titleOf(talk.data), "/fix the loop a.py:1-2");
    });
  });
});

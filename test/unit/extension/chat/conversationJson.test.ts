/** Conversations in files: what is written is read again, and what is damaged is named. */
import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { Conversation } from "../../../../src/extension/chat/conversation";
import {
  isEmpty,
  newConversation,
  titleOf,
  type ConversationData,
} from "../../../../src/extension/chat/conversationData";
import { fromJson, toJson } from "../../../../src/extension/chat/conversationJson";

const FIGURES = {
  model: "tiny",
  device: "CPU",
  promptTokens: 10,
  cachedTokens: 4,
  answerTokens: 3,
  firstTokenMs: 1.5,
  totalMs: 2,
  tokensPerSecond: 20,
};

const TALK: ConversationData = {
  id: "c-1",
  title: "",
  createdAt: "2026-01-02T03:04:05.000Z",
  updatedAt: "2026-01-02T03:05:00.000Z",
  sampling: { temperature: 0.2, seed: null },
  systemPrompt: "",
  exchanges: [
    {
      id: "q1",
      text: "What is this?",
      attachments: [
        {
          label: "a.py:1",
          uri: "file:///a.py",
          languageId: "python",
          text: "pass",
          range: { start: { line: 0, character: 0 }, end: { line: 0, character: 4 } },
          focus: { start: { line: 0, character: 1 }, end: { line: 0, character: 1 } },
          omitted: { before: 0, after: 12 },
        },
      ],
      turn: {
        role: "user",
        content: "Explain.",
        attachments: [{ uri: "file:///a.py", languageId: "python", text: "p" }],
      },
      answer: { id: "a1", text: "Nothing.", status: { kind: "done", figures: FIGURES, note: "It ends here." } },
    },
    {
      id: "q2",
      text: "Why?",
      attachments: [],
      prompt: { sampling: { temperature: 0.2 }, ownAttachments: 0 },
      answer: { id: "a2", text: "", status: { kind: "failed", message: "No model.", code: "noModel" } },
      seenFrom: "q2",
    },
    { id: "q3", text: "", attachments: [], answer: { id: "a3", text: "So", status: { kind: "stopped" } } },
  ],
};

function changed(change: (json: Record<string, unknown>) => void): unknown {
  const json = JSON.parse(JSON.stringify(toJson(TALK))) as Record<string, unknown>;
  change(json);
  return json;
}

suite("conversations as JSON", () => {
  test("what is written is read again", () => {
    const read = fromJson(JSON.parse(JSON.stringify(toJson(TALK))));
    assert.deepEqual(read, { kind: "conversation", conversation: TALK });
  });

  test("an answer that was being written is read as stopped", () => {
    const talk = new Conversation(() => undefined);
    talk.append(talk.ask("hello"), "so far");
    const read = fromJson(JSON.parse(JSON.stringify(toJson(talk.data))));
    assert.ok(read.kind === "conversation");
    assert.deepEqual(read.conversation.exchanges[0]?.answer, {
      id: talk.messages[1]?.id,
      text: "so far",
      status: { kind: "stopped" },
    });
  });

  test("what is damaged is named", () => {
    const cases: readonly [unknown, RegExp][] = [
      [undefined, /^the data must be an object/],
      [[], /^the data/],
      [changed((json) => (json["format"] = 2)), /^format/],
      [changed((json) => (json["id"] = "../up")), /^id/],
      [changed((json) => delete json["title"]), /^title/],
      [changed((json) => (json["createdAt"] = "yesterday")), /^createdAt/],
      [changed((json) => (json["exchanges"] = {})), /^exchanges must be a list/],
      [changed((json) => (json["exchanges"] = [null])), /^exchanges\[0\] must be an object/],
      [changed((json) => (json["exchanges"] = [{ id: "a", text: "b", attachments: [{}] }])), /attachments\[0\]/],
      [changed((json) => (json["systemPrompt"] = 7)), /^systemPrompt/],
    ];
    for (const [json, reason] of cases) {
      const read = fromJson(json);
      assert.ok(read.kind === "damaged", JSON.stringify(json));
      assert.match(read.reason, reason);
    }
  });

  test("any JSON is either a conversation or damaged", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => fromJson(json).kind === "damaged"),
      { numRuns: 200 },
    );
    const parts = fc.record({ exchanges: fc.jsonValue(), sampling: fc.jsonValue(), title: fc.jsonValue() });
    fc.assert(
      fc.property(parts, (some) => ["damaged", "conversation"].includes(fromJson({ ...toJson(TALK), ...some }).kind)),
    );
  });
});

suite("conversation values", () => {
  test("the title is the user's, else the first words of the first question, else the first attachment's", () => {
    const [first, ...others] = TALK.exchanges;
    assert.ok(first);
    const asking = (text: string): string => titleOf({ ...TALK, exchanges: [{ ...first, text }, ...others] });
    assert.equal(titleOf(TALK), "What is this?");
    assert.equal(titleOf({ ...TALK, title: "Mine" }), "Mine");
    assert.equal(asking(" two\n  lines "), "two lines");
    assert.equal(asking(`${"word ".repeat(30)}end`), `${"word ".repeat(15)}word…`);
    assert.equal(asking("x".repeat(100)), `${"x".repeat(80)}…`);
    assert.equal(asking(""), "a.py:1");
  });

  test("a new conversation is empty and has no title", () => {
    const talk = newConversation("c", new Date(0));
    assert.ok(isEmpty(talk));
    assert.equal(titleOf(talk), "");
    assert.equal(talk.createdAt, "1970-01-01T00:00:00.000Z");
  });
});

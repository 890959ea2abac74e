/** The text of a saved conversation. */
import * as assert from "node:assert/strict";
import { toJson } from "../../../../../src/extension/chat/conversationJson";
import type { ConversationData } from "../../../../../src/extension/chat/conversationData";
import {
  headOf,
  isConversationId,
  nothingUnknown,
  parseStored,
  serializeStored,
  type StoredConversation,
} from "../../../../../src/extension/chat/history/storedConversation";
import { talk } from "./support";

function parsed(id: string, text: string): StoredConversation {
  const result = parseStored(id, text);
  assert.ok(result.kind === "conversation", JSON.stringify(result));
  return result.stored;
}

suite("a saved conversation's text", () => {
  const stored: StoredConversation = { data: talk("a"), pinned: true, unknown: nothingUnknown };

  test("is read as it was written", () => {
    assert.deepEqual(parsed("a", serializeStored(stored)), stored);
  });

  test("keeps fields of a later version, in the file and in its exchanges", () => {
    const json = JSON.parse(serializeStored(stored)) as { exchanges: Record<string, unknown>[] };
    json.exchanges[0]!["rating"] = 5;
    const again = parsed("a", JSON.stringify({ ...json, folder: "work" }));
    const longer = { ...again.data, exchanges: [...again.data.exchanges, ...talk("b").exchanges] };
    const written = JSON.parse(serializeStored({ ...again, data: longer })) as typeof json & { folder: string };
    assert.equal(written.folder, "work");
    assert.deepEqual(
      written.exchanges.map(({ rating }) => rating),
      [5, undefined],
    );
  });

  test("has no field that is taken for one of a later version", () => {
    const everything: Required<ConversationData> = {
      ...talk("a"),
      systemPrompt: "Be brief.",
      exchanges: [{ ...talk("a").exchanges[0]!, turn: { role: "user", content: "Why?" }, seenFrom: "a-1" }],
    };
    assert.deepEqual(parsed("a", JSON.stringify(toJson(everything))).unknown, nothingUnknown);
  });

  test("belongs to the name of its file: a copy is another conversation", () => {
    assert.equal(parsed("a-copy", serializeStored(stored)).data.id, "a-copy");
  });

  test("of a later format is recognised, whatever else is in it", () => {
    assert.deepEqual(parseStored("a", '{"format":2,"talk":[]}'), { kind: "newer" });
  });

  for (const [what, text] of [
    ["nothing", ""],
    ["half of a text", serializeStored(stored).slice(0, 100)],
    ["zeros, as a disk leaves them", "\0".repeat(500)],
    ["another JSON", "[1,2]"],
    ["an object that is no conversation", '{"name":"llama2"}'],
    ["a conversation without its questions", '{"format":1,"id":"a","title":"","exchanges":7}'],
  ] as const) {
    test(`${what} is damaged, with a reason`, () => {
      const result = parseStored("a", text);
      assert.ok(result.kind === "damaged" && result.reason !== "");
    });
  }

  test("its head has the title, the time and the words", () => {
    const { title, updatedAt, pinned, text } = headOf({ ...stored, data: talk("a", "How?", 2) });
    assert.deepEqual(
      { title, updatedAt, pinned, text },
      { title: "How?", updatedAt: Date.parse("2026-01-02T03:02:00.000Z"), pinned: true, text: "How?\nanswer a" },
    );
  });

  test("ids are file names, and none leads out of the folder", () => {
    assert.ok(isConversationId(crypto.randomUUID()));
    for (const id of ["", "..", "../a", "a/b", "a\\b", "a.json", "a".repeat(65), "ä"]) {
      assert.ok(!isConversationId(id), id);
    }
  });
});

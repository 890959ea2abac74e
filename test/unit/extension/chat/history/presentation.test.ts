/** The list of conversations as people see it: groups, times, what a search finds; and where it is kept. */
import * as assert from "node:assert/strict";
import * as path from "node:path";
import { inEnglish } from "../../../../../src/base/localize";
import { groupHistory, relativeTime } from "../../../../../src/extension/chat/history/historyGroups";
import { pickerRows } from "../../../../../src/extension/chat/history/pickerRows";
import { findSnippet } from "../../../../../src/extension/chat/history/searchText";
import { conversationFolder } from "../../../../../src/extension/chat/history/storageFolder";
import type { ConversationHead } from "../../../../../src/extension/chat/history/storedConversation";

const NOW = new Date(2026, 2, 30, 9, 30); // the day after the clocks went forward in Europe

function head(id: string, updatedAt: Date, more: Partial<ConversationHead> = {}): ConversationHead {
  return { id, title: `title ${id}`, pinned: false, updatedAt: updatedAt.getTime(), text: "", ...more };
}

suite("the list of conversations", () => {
  test("has the pinned ones first, then groups by the calendar", () => {
    const heads = [
      head("future", new Date(2027, 0, 1)),
      head("morning", new Date(2026, 2, 30, 0, 0)),
      head("late", new Date(2026, 2, 29, 23, 59)),
      head("early", new Date(2026, 2, 29, 0, 0)),
      head("week", new Date(2026, 2, 23, 0, 0)),
      head("pinned", new Date(2026, 1, 1), { pinned: true }),
      head("older", new Date(2026, 2, 22, 23, 59)),
    ];
    assert.deepEqual(
      groupHistory(heads, NOW).map(({ name, heads: members }) => [name, ...members.map(({ id }) => id)]),
      [
        ["pinned", "pinned"],
        ["today", "future", "morning"],
        ["yesterday", "late", "early"],
        ["lastWeek", "week"],
        ["older", "older"],
      ],
    );
  });

  test("says when in words, in the user's language", () => {
    const minutesAgo = (minutes: number, language = "en"): string =>
      relativeTime(NOW.getTime() - minutes * 60_000, NOW.getTime(), language);
    assert.deepEqual(
      [0, 1, 59, 60, 23 * 60, 24 * 60, 3 * 24 * 60].map((minutes) => minutesAgo(minutes)),
      ["this minute", "1 minute ago", "59 minutes ago", "1 hour ago", "23 hours ago", "yesterday", "3 days ago"],
    );
    assert.equal(minutesAgo(-90), "this minute");
    assert.equal(minutesAgo(5, "es"), "hace 5 minutos");
    assert.match(minutesAgo(60 * 24 * 40), /^Feb 1\d, 2026$/);
  });

  test("shows where a conversation has the words, if its title does not", () => {
    const heads = [
      head("a", NOW, { title: "Binary search", text: "Binary search\nIt halves the interval." }),
      head("b", NOW, { title: "", text: "How do I halve it?" }),
      head("c", NOW, { text: "nothing of it" }),
    ];
    const facts = { heads, shown: "a", now: NOW, language: "en", translate: inEnglish };
    const found = (typed: string): unknown[] =>
      pickerRows({ ...facts, typed }).map((row) => (row.kind === "separator" ? row.label : [row.label, row.found]));
    assert.deepEqual(found("halve"), [
      "today",
      ["Binary search", "Binary search It halves the interval."],
      ["Untitled conversation", "How do I halve it?"],
      ["title c", undefined],
    ]);
    assert.deepEqual(found("binary"), [
      "today",
      ["Binary search", undefined],
      ["Untitled conversation", undefined],
      ["title c", undefined],
    ]);
    const [, first] = pickerRows({ ...facts, typed: "" });
    assert.equal(first?.kind === "conversation" && first.description, "this minute, shown now");
  });
});

suite("a search in conversations", () => {
  const long = `${"word ".repeat(40)}the Needle in hay ${"word ".repeat(40)}`;

  for (const [text, typed, expected] of [
    ["a needle", "NEEDLE", "a needle"],
    ["a\n  needle", "a needle", "a needle"],
    ["a needle", "needle a", "a needle"],
    ["a needle", "needle b", undefined],
    ["a needle", "  ", undefined],
    [
      long,
      "needle",
      "…word word word word word the Needle in hay word word word word word word word word word word word wo…",
    ],
  ] as const) {
    test(`for "${typed}" in "${text.slice(0, 20)}" finds ${expected === undefined ? "nothing" : "its place"}`, () => {
      assert.equal(findSnippet(text, typed), expected);
    });
  }
});

suite("the folder of a workspace's conversations", () => {
  const folderOf = (workspaceFile: string | undefined, ...folders: string[]): string =>
    conversationFolder("/global", { workspaceFile, folders });

  test("has the name of the workspace, and is another one for each", () => {
    const one = folderOf(undefined, "file:///home/me/my%20project");
    assert.match(
      one,
      new RegExp(`^${path.join("/global", "conversations", "my_project-").replaceAll("\\", "\\\\")}[0-9a-f]{16}$`),
    );
    const others = [
      folderOf(undefined, "file:///home/you/my%20project"),
      folderOf(undefined, "vscode-remote://ssh-remote%2Bbox/home/me/my%20project"),
      folderOf("file:///home/me/both.code-workspace", "file:///home/me/my%20project"),
      folderOf(undefined),
    ];
    assert.equal(new Set([one, ...others]).size, 5);
  });

  test("is the same for every window on the workspace", () => {
    assert.equal(folderOf(undefined, "file:///a", "file:///b"), folderOf(undefined, "file:///a", "file:///c"));
  });

  test("never leaves the storage, whatever the workspace is called", () => {
    for (const uri of [
      "file:///..",
      "file:///a/%2e%2e%2fb",
      "file:///",
      "memfs:/\\..\\x",
      `file:///${"n".repeat(300)}`,
    ]) {
      const folder = folderOf(undefined, uri);
      assert.equal(path.dirname(folder), path.join("/global", "conversations"));
      assert.ok(path.basename(folder).length < 64);
    }
  });
});

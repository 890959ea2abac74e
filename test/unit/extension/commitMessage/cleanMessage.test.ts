/** The message is taken out of what a model says around it. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { commitMessageOf, messageSoFar, withPrefix } from "../../../../src/extension/commitMessage/cleanMessage";

suite("commit messages out of answers", () => {
  for (const [what, answer, expected] of [
    ["a plain message", "Add a parser", "Add a parser"],
    ["a full stop at the end of the subject", "Add a parser.", "Add a parser"],
    ["three dots stay", "Add a parser...", "Add a parser..."],
    [
      "a code block",
      "Sure! Here it is:\n\n```\nAdd a parser\n\nIt reads files.\n```\n\nI hope this helps!",
      "Add a parser\n\nIt reads files.",
    ],
    ["a code block with a language that is not closed", "```text\nAdd a parser", "Add a parser"],
    ["a block with the diff first", "```diff\ndiff --git a/x b/x\n```\n```\nAdd x\n```", "Add x"],
    [
      "polite words before it",
      "Sure! Here's a commit message for these changes:\n\nAdd a parser\n\nIt reads files.",
      "Add a parser\n\nIt reads files.",
    ],
    ["polite words on the line above", "Here is the commit message:\nAdd a parser", "Add a parser"],
    [
      "words after it",
      "Add a parser\n\nIt reads files.\n\nThis commit message says what was done. Let me know!",
      "Add a parser\n\nIt reads files.",
    ],
    ["a label", "Commit message: Add a parser", "Add a parser"],
    ["labels of its parts", "**Subject:** Add a parser\n\nBody: It reads files.", "Add a parser\n\nIt reads files."],
    ["quotes", '"Add a parser"', "Add a parser"],
    ["emphasis", "**Add a parser**", "Add a parser"],
    ["a heading", "# Add a parser", "Add a parser"],
    ["a command", 'git commit -m "Add a parser"', "Add a parser"],
    ["no empty line after the subject", "Add a parser\nIt reads files.", "Add a parser\n\nIt reads files."],
    ["a list", "Add a parser\n\n\n- reads files\n- tells errors\n", "Add a parser\n\n- reads files\n- tells errors"],
    ["a subject that begins like small talk", "Great circles are drawn", "Great circles are drawn"],
    ["line ends of Windows", "Add a parser\r\n\r\nIt reads files.\r\n", "Add a parser\n\nIt reads files."],
    [
      "a subject of two sentences",
      `Add a parser of prompt files. ${"It reads them all ".repeat(3).trim()}`,
      "Add a parser of prompt files\n\nIt reads them all It reads them all It reads them all",
    ],
    ["nothing", " \n", ""],
    ["an empty block", "```\n```", ""],
  ] as const) {
    test(what, () => {
      assert.equal(commitMessageOf(answer), expected);
    });
  }

  test("a subject that is too long is cut at a word, and goes on in the body", () => {
    const [subject = "", empty, rest] = commitMessageOf(`Add ${"many words ".repeat(10).trim()}`).split("\n");
    assert.ok(subject.length <= 73 && / (many|words)…$/.test(subject), subject);
    assert.equal(empty, "");
    assert.match(rest ?? "", /^…(many words|words many)/);
  });

  test("the body is wrapped, lists with their indentation", () => {
    const lines = commitMessageOf(`Add it\n\n- ${"word ".repeat(30).trim()}\nshort`).split("\n");
    assert.deepEqual(
      lines.map(({ length }) => length <= 72),
      lines.map(() => true),
    );
    assert.match(lines[3] ?? "", /^ {2}word/);
    assert.equal(lines.at(-1), "short");
  });

  for (const [message, written, expected] of [
    ["Add a parser", "fix(parser):", "fix(parser): Add a parser"],
    ["feat: add a parser", "fix:", "fix: add a parser"],
    ["fix: add a parser", "Fix:", "fix: add a parser"],
    ["Add a parser", "the parser was wrong", "Add a parser"],
    ["Add a parser", "", "Add a parser"],
  ] as const) {
    test(`"${written}" before makes "${expected}"`, () => {
      assert.equal(withPrefix(message, written), expected);
    });
  }

  test("of an answer that is being written, whole words of the message are shown, and no talk", () => {
    const answer = "Sure! Here is it:\n\n```\nAdd a parser of files\n\nIt reads them.\n```\n";
    const seen = Array.from({ length: answer.length + 1 }, (_, end) => messageSoFar(answer.slice(0, end)));
    assert.deepEqual(
      [...new Set(seen)],
      [
        "",
        "Add a parser",
        "Add a parser of",
        "Add a parser of files",
        "Add a parser of files\n\nIt",
        "Add a parser of files\n\nIt reads",
        "Add a parser of files\n\nIt reads them.",
      ],
    );
    assert.equal(withPrefix("", "feat:"), "");
  });

  test("whatever the answer is, the subject is one line that is followed by an empty one", () => {
    const piece = fc.constantFrom(
      "```",
      "\n",
      "\n\n",
      "Sure! ",
      "Subject: ",
      "- ",
      "word ",
      '"',
      "**",
      "git commit -m ",
      "a".repeat(80),
      " ",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string())), (pieces) => {
        const message = commitMessageOf(pieces.join(""));
        const [subject = "", second] = message.split("\n");
        assert.equal(message, message.trimEnd());
        assert.ok(message === "" || subject.trim() !== "");
        assert.ok(second === undefined || second === "");
      }),
    );
  });
});

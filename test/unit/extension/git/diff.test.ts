/** What git prints, read into files. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { parseDiff, type FileDiff } from "../../../../src/extension/git/diff";

function only(text: string): FileDiff {
  const files = parseDiff(text);
  assert.equal(files.length, 1);
  return files[0]!;
}

const MODIFIED = `warning: in the working copy of 'a.py', LF will be replaced by CRLF
diff --git a/src/a.py b/src/a.py
index 111..222 100644
--- a/src/a.py
+++ b/src/a.py
@@ -1,3 +1,3 @@ def f():
 one
-two
+diff --git a/x b/x
 
@@ -9 +9,2 @@
 nine
+@@ ten
`;

suite("reading diffs", () => {
  test("a modified file with two hunks, a line that looks like a diff, and a warning before it", () => {
    const { path, change, binary, hunks, added, removed } = only(MODIFIED);
    assert.deepEqual(
      { path, change, binary, added, removed },
      { path: "src/a.py", change: "modified", binary: false, added: 2, removed: 1 },
    );
    assert.deepEqual(hunks, [
      { header: "@@ -1,3 +1,3 @@ def f():", lines: [" one", "-two", "+diff --git a/x b/x", " "] },
      { header: "@@ -9 +9,2 @@", lines: [" nine", "+@@ ten"] },
    ]);
  });

  for (const [what, text, expected] of [
    [
      "a new file",
      "diff --git a/n b/n\nnew file mode 100644\n--- /dev/null\n+++ b/n\n@@ -0,0 +1 @@\n+x",
      { path: "n", change: "added" },
    ],
    [
      "a deleted file",
      "diff --git a/d b/d\ndeleted file mode 100644\n--- a/d\n+++ /dev/null\n@@ -1 +0,0 @@\n-x",
      { path: "d", change: "deleted" },
    ],
    [
      "a renamed file",
      "diff --git a/o b/n\nsimilarity index 100%\nrename from o\nrename to n",
      { path: "n", oldPath: "o", change: "renamed" },
    ],
    [
      "a binary file",
      "diff --git a/p.png b/p.png\nindex 1..2\nBinary files a/p.png and b/p.png differ",
      { path: "p.png", binary: true },
    ],
    [
      "an empty new file",
      "diff --git a/a b c b/a b c\nnew file mode 100644\nindex 0..0",
      { path: "a b c", change: "added" },
    ],
    ["no prefixes", "diff --git src/a src/a\n--- src/a\n+++ src/a\n@@ -1 +1 @@\n-a\n+b", { path: "src/a" }],
    ["mnemonic prefixes", "diff --git i/a w/a\n--- i/a\n+++ w/a\n@@ -1 +1 @@\n-a\n+b", { path: "a" }],
    [
      "a quoted path",
      'diff --git "a/\\303\\274 \\"x\\".c" "b/\\303\\274 \\"x\\".c"\n--- "a/\\303\\274 \\"x\\".c"\n+++ "b/\\303\\274 \\"x\\".c"\n@@ -1 +1 @@\n-a\n+b',
      { path: 'ü "x".c' },
    ],
    [
      "colours",
      "\u001b[1mdiff --git a/c b/c\u001b[m\n\u001b[1m--- a/c\u001b[m\n\u001b[1m+++ b/c\u001b[m\n\u001b[36m@@ -1 +1 @@\u001b[m\n\u001b[31m-a\u001b[m\n\u001b[32m+b\u001b[m",
      { path: "c", added: 1, removed: 1 },
    ],
    [
      "a merge",
      "diff --cc m.c\nindex 1,2..3\n--- a/m.c\n+++ b/m.c\n@@@ -1,2 -1,2 +1,2 @@@\n  a\n- b\n -c\n++d",
      { path: "m.c" },
    ],
  ] as const) {
    test(what, () => {
      const file = only(text);
      assert.deepEqual({ ...file, ...expected }, file);
    });
  }

  test("nothing has no files", () => {
    assert.deepEqual([parseDiff(""), parseDiff("fatal: not a git repository")], [[], []]);
  });

  test("no text makes it throw", () => {
    const line = fc.constantFrom(
      "diff --git a/x b/y",
      "diff --cc ",
      "--- a/x",
      "+++ ",
      "@@ -1 +1 @@",
      "+a",
      "-",
      " b",
      "",
      'rename to "',
      "Binary files ",
      '+++ "b/\\3',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(line, fc.string())), (lines) => {
        assert.ok(parseDiff(lines.join("\n")).every(({ path }) => typeof path === "string"));
      }),
    );
  });
});

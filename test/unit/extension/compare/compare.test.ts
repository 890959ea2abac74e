import assert from "node:assert/strict";
import { addedLines, problemsOf, type CommittedFile } from "../../../../src/extension/compare/problems";
import { reportHtml } from "../../../../src/extension/compare/reportHtml";
import { ranked, scoreOf, type Score } from "../../../../src/extension/compare/scores";
import { parseDiff } from "../../../../src/extension/git/diff";
import type { EvaluationAnswer } from "../../../../src/protocol/evaluation";

const answer = (text: string, firstTokenMs = 10, totalMs = 110, answerTokens = 11): EvaluationAnswer => ({
  text,
  firstTokenMs,
  totalMs,
  answerTokens,
});

function file(text: string, added: readonly number[]): CommittedFile {
  return { uri: "file:///a.py", languageId: "python", text, added };
}

suite("lines of commits as places to complete", () => {
  test("added lines are found by their numbers in the new file", () => {
    const diff = [
      "diff --git a/a.py b/a.py",
      "--- a/a.py",
      "+++ b/a.py",
      "@@ -1,3 +1,4 @@",
      " one",
      "-two",
      "+zwei",
      "+drei",
      " four",
      "@@ -10,0 +12,1 @@ def f():",
      "+last",
      "\\ No newline at end of file",
    ];
    const [changed] = parseDiff(diff.join("\n"));
    assert.deepEqual(addedLines(changed!.hunks), [1, 2, 11]);
  });

  test("a place is a line from its code on, or the rest of it from between two words, and what stood there is known", () => {
    const text = "def area(w, h):\n    size = w * h\n    return size * 2\n";
    const [whole, rest] = problemsOf([file(text, [1, 2])], 10);
    assert.deepEqual(whole, {
      place: {
        uri: "file:///a.py",
        languageId: "python",
        prefix: "def area(w, h):\n    ",
        suffix: "\n    return size * 2\n",
      },
      expected: "size = w * h",
    });
    assert.equal(rest!.place.prefix, "def area(w, h):\n    size = w * h\n    return size ");
    assert.equal(rest!.expected, "* 2");
    assert.equal(rest!.place.suffix, "\n");
  });

  test("comments, blank lines, brackets alone and data are no places", () => {
    const text = ["# a long enough comment", "", "    });", "x = 1", `d = "${"x".repeat(200)}"`, "print(total)"].join(
      "\n",
    );
    assert.deepEqual(
      problemsOf([file(text, [0, 1, 2, 3, 4, 5])], 10).map(({ expected }) => expected),
      ["print(total)"],
    );
  });

  test("of many lines some are taken, spread over all files", () => {
    const text = Array.from({ length: 100 }, (_, line) => `value_${line} = ${line} + 1`).join("\r\n");
    const lines = Array.from({ length: 100 }, (_, line) => line);
    const first: CommittedFile = { ...file(text, lines), uri: "file:///first.py" };
    const second: CommittedFile = { ...file(text, lines), uri: "file:///second.py" };
    const problems = problemsOf([first, second], 10);
    assert.equal(problems.length, 10);
    assert.equal(problems.filter(({ place }) => place.uri === "file:///second.py").length, 5);
    assert.ok(problems.every(({ place }) => !place.prefix.includes("\r")));
  });
});

suite("scores of models", () => {
  const problems = problemsOf(
    [file("def f(a):\n    total = a + 1\n    other = a + 2\n    return total\n", [1, 2, 3])],
    10,
  );
  const expected = problems.map((problem) => problem.expected);

  test("count whole lines, first words, and what is shown; times are medians, speed is of all tokens", () => {
    const score = scoreOf(
      {
        model: "m",
        device: "CPU",
        memoryBytes: 1e9,
        answers: [
          answer(`${expected[0]!}\n    more`, 10, 110),
          answer(`${expected[1]!.split(" ")[0]!} wrong`, 20, 220),
          answer("", 30, 30, 0),
        ],
      },
      problems,
    );
    assert.deepEqual(score, {
      model: "m",
      device: "CPU",
      problems: 3,
      exact: 1 / 3,
      firstToken: 2 / 3,
      shown: 2 / 3,
      firstTokenMs: 20,
      totalMs: 110,
      tokensPerSecond: 20_000 / 300,
      memoryBytes: 1e9,
    } satisfies Score);
  });

  test("leave out what was not asked", () => {
    const answers = [null, answer(expected[1]!), null];
    const { problems: count, exact } = scoreOf({ model: "m", device: "CPU", answers }, problems);
    assert.deepEqual([count, exact], [1, 1]);
    assert.equal(scoreOf({ model: "m", device: "CPU", answers: [null, null, null] }, problems).exact, 0);
  });

  test("rank by lines, then first words, then time", () => {
    const score = (model: string, exact: number, firstToken: number, totalMs: number): Score => ({
      ...scoreOf({ model, device: "CPU", answers: [] }, []),
      exact,
      firstToken,
      totalMs,
    });
    const order = ranked([score("slow", 0.5, 0.6, 9), score("bad", 0.1, 0.9, 1), score("fast", 0.5, 0.6, 3)]);
    assert.deepEqual(
      order.map(({ model }) => model),
      ["fast", "slow", "bad"],
    );
  });
});

suite("the report of a comparison", () => {
  const translate = (text: string, ...values: readonly (string | number | boolean)[]): string =>
    text.replace(/\{(\d)\}/g, (_, index) => String(values[Number(index)]));
  const scores = [scoreOf({ model: "<b>m</b>", device: "CPU", answers: [], memoryBytes: 4_080_000_000 }, [])];
  const html = reportHtml({
    scores,
    failures: [{ path: "/models/<x>.gguf", reason: "no GGUF file" }],
    nonce: "abc",
    language: "en",
    translate,
  });

  test("has a row for each model and says what failed", () => {
    assert.match(html, /<th scope="row">&lt;b&gt;m&lt;\/b&gt;<\/th>/);
    assert.match(html, /4\.08 GB/);
    assert.match(html, /\/models\/&lt;x&gt;\.gguf: no GGUF file/);
  });

  test("runs no script, loads nothing, and takes its colours from the editor", () => {
    assert.match(html, /default-src 'none'; style-src 'nonce-abc'/);
    assert.doesNotMatch(html, /<script|style="|https?:|#[0-9a-f]{6}\b/);
    assert.match(html, /var\(--vscode-editor-background\)/);
  });
});

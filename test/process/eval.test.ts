/** `npm run eval -- complete` and `-- humaneval`: the product's suggestions from outside, with the real engine. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { projectRoot } from "../../scripts/command";
import { tinyCodeModelPath } from "../support/models";

const model = ["--model", tinyCodeModelPath, "--gpu", "cpu", "--threads", "1"];

async function runEval(args: readonly string[], input = ""): Promise<{ code: number | null; lines: unknown[] }> {
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/eval.ts", ...args], {
    cwd: projectRoot,
    stdio: ["pipe", "pipe", "ignore"],
  });
  const closed = new Promise<number | null>((resolve) => child.on("close", resolve));
  child.stdin.end(input);
  const [stdout, code] = await Promise.all([text(child.stdout), closed]);
  const lines = stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as unknown);
  return { code, lines };
}

suite("Evaluating the applying of blocks from outside", () => {
  test("every line is answered with the new text, or says why there is none", async function () {
    this.timeout(60_000);
    const old = "def f():\n    return 1\n\n\ndef g():\n    return 2\n";
    const cases = [
      { id: "a", old, block: "def g():\n    return 3" },
      { id: 2, old, block: "print('elsewhere')" },
      { id: "c", old },
    ];
    const { code, lines } = await runEval(["apply"], cases.map((line) => JSON.stringify(line)).join("\n"));
    assert.equal(code, 1);
    assert.deepEqual(lines, [
      { id: "a", new: old.replace("return 2", "return 3") },
      { id: 2, new: null, reason: "unknown" },
      { id: "c", error: 'a line is {"id", "old", "block"}' },
    ]);
  });
});

suite("Evaluating completions from outside", () => {
  test("every place is answered in order with a suggestion and its figures", async function () {
    this.timeout(60_000);
    const place = { languageId: "python", path: "a.py", prefix: "def add(a, b):\n    return ", suffix: "\n" };
    const input = [JSON.stringify({ id: 1, ...place }), "no JSON", JSON.stringify({ id: "again", ...place })];
    const { code, lines } = await runEval(["complete", ...model], input.join("\n"));
    const [first, broken, again] = lines as Record<string, unknown>[];
    assert.equal(code, 1);
    assert.deepEqual(Object.keys(first!), ["id", "text", "promptTokens", "evaluatedTokens", "firstTokenMs", "totalMs"]);
    assert.equal(first!["id"], 1);
    assert.ok(String(first!["text"]).length > 0);
    assert.equal(first!["evaluatedTokens"], first!["promptTokens"]);
    assert.ok("error" in broken!);
    assert.equal(again!["id"], "again");
    assert.equal(again!["text"], first!["text"]);
    assert.equal(again!["evaluatedTokens"], 1);
  });

  test("HumanEval-Infilling is scored by exact match, and by its tests only when asked", async function () {
    this.timeout(60_000);
    const problem = {
      task_id: "x/0",
      entry_point: "add",
      prompt: "def add(a, b):\n",
      suffix: "    return a + b\n",
      canonical_solution: "    # sum\n",
      test: "def check(candidate):\n    assert candidate(1, 2) == 3\n",
    };
    const folder = await mkdtemp(path.join(tmpdir(), "llama2-eval-test-"));
    try {
      const file = path.join(folder, "problems.jsonl.gz");
      await writeFile(file, gzipSync(`${JSON.stringify(problem)}\n`));
      const { code, lines } = await runEval(["humaneval", ...model, "--problems", file]);
      const [scores] = lines as Record<string, unknown>[];
      assert.equal(code, 0);
      assert.equal(scores!["problems"], 1);
      assert.ok("exactPercent" in scores! && !("passedPercent" in scores));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

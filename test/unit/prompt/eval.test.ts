/** `npm run eval -- prompts`: a line of JSON out for every line in, and nothing else on standard output. */
import * as assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { projectRoot } from "../../../scripts/command";
import { linesOf } from "../../../scripts/eval/lines";
import { tinyCodeModelPath } from "../../support/models";

interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function runEval(args: readonly string[], input: string): Promise<Run> {
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/eval.ts", ...args], { cwd: projectRoot });
  const closed = new Promise<number | null>((resolve) => child.on("close", resolve));
  child.stdin.end(input);
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  return { code, stdout, stderr };
}

suite("The eval command", () => {
  test("answers every line in order, tells a bad line from a good one, and ends with 1 then", async function () {
    this.timeout(60_000);
    const lines = [
      '{"messages":[{"role":"user","content":"Hello </s>"}]}',
      "no JSON",
      '{"prefix":"a\u2028b","suffix":"\\n","form":"psm"}',
      '{"prefix":"a","suffix":"b","form":"other"}',
      '{"messages":[{"role":"assistant","content":"Hi"}]}',
      '{"prefix":"a = ","suffix":"","form":"spm"}',
    ];
    const { code, stdout } = await runEval(["prompts", "--model", tinyCodeModelPath], lines.join("\n"));
    const answers = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { tokens?: number[]; text?: string; error?: string });
    assert.equal(code, 1);
    assert.deepEqual(
      answers.map((answer) => answer.text),
      [
        "<s>[INST] Hello </s> [/INST]",
        undefined,
        "<s><PRE>a\u2028b<SUF>\n<MID>",
        undefined,
        undefined,
        "<s><PRE><SUF><MID>a = ",
      ],
    );
    assert.ok(answers.every((answer) => (answer.tokens === undefined) === (typeof answer.error === "string")));
    assert.deepEqual(
      answers[0]?.tokens?.filter((id) => id < 3),
      [1],
      "</s> of the user is not the token",
    );
  });

  test("says what is missing, and writes nothing on standard output", async function () {
    this.timeout(60_000);
    const { code, stdout, stderr } = await runEval(["prompts", "--model", "missing.gguf"], "");
    assert.deepEqual([code, stdout], [1, ""]);
    assert.match(stderr, /missing\.gguf does not exist/);
  });
});

suite("Lines of JSON", () => {
  const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ["come in pieces", ["ab", "c\nd", "e\n"], ["abc", "de"]],
    ["need no end", ["a\nb"], ["a", "b"]],
    ["may be blank, which are none", ["\n a\n \r\n\n"], [" a"]],
    ["end at \\n alone", ["a\u2028b\u2029c\rd\n"], ["a\u2028b\u2029c\rd"]],
  ];
  for (const [behaviour, chunks, expected] of cases) {
    test(behaviour, async () => {
      assert.deepEqual(await collected(chunks.map((chunk) => Buffer.from(chunk))), expected);
    });
  }

  test("may have characters that are cut between pieces", async () => {
    const bytes = Buffer.from("\u{1f600}\n");
    assert.deepEqual(await collected([bytes.subarray(0, 2), bytes.subarray(2)]), ["\u{1f600}"]);
  });

  async function collected(chunks: readonly Uint8Array[]): Promise<string[]> {
    async function* stream(): AsyncGenerator<Uint8Array> {
      yield* chunks;
      await Promise.resolve();
    }
    const lines: string[] = [];
    for await (const line of linesOf(stream())) {
      lines.push(line);
    }
    return lines;
  }
});

/** What the real engine still evaluates after `$/cancelRequest` has arrived: counted in batches and tokens, not in time. */
import assert from "node:assert/strict";
import { createInterface } from "node:readline";
import { CancellationTokenSource } from "vscode-languageserver-protocol/node";
import { LspClient } from "../../scripts/client/lspClient";
import type { EvaluationCounts, EvaluationReport } from "../support/countingServer";
import { tinyCodeModelPath } from "../support/models";

/** What the engine evaluates at once on a CPU. */
const BATCH_TOKENS = 128;

/** Answers a question, cancels it when so many evaluations have begun, and tells what was counted. */
async function cancelledAt(client: LspClient, batches: number, content: string): Promise<EvaluationCounts> {
  const cancel = new CancellationTokenSource();
  const ended = new Promise<EvaluationCounts>((resolve) => {
    const lines = createInterface({ input: client.process.stderr! });
    lines.on("line", (line) => {
      const report = line.startsWith("{") ? (JSON.parse(line) as EvaluationReport) : undefined;
      if (report?.kind === "begins" && report.batches === batches) {
        cancel.cancel();
      } else if (report?.kind === "ended") {
        lines.close();
        resolve(report);
      }
    });
  });
  const turns = [{ role: "user", content }] as const;
  await client.chat({ turns, sampling: { maxTokens: 400 } }, { token: cancel.token }).catch(() => undefined);
  return ended;
}

suite("cancelling a request of the real engine", () => {
  let client: LspClient;

  setup(async function () {
    this.timeout(120_000);
    const model = { modelPath: tinyCodeModelPath, temperature: 0, repeatPenalty: 1 };
    client = await LspClient.start({
      entry: ["--import", "tsx", "test/support/countingServer.ts"],
      settings: { chat: model, engine: { gpu: "cpu", threads: 1 } },
    });
    await client.settled();
  });

  teardown(() => client.stop());

  test("while its prompt is read, no batch begins after the one that is evaluated", async function () {
    this.timeout(60_000);
    const prompt = "total = total + price * count\n".repeat(24);
    // on a busy machine the cancellation may come when all is read
    for (let attempt = 0, read = Infinity; read >= 3 * BATCH_TOKENS; attempt++) {
      assert.ok(attempt < 10, "no cancellation came in time");
      const counts = await cancelledAt(client, 1, `Question ${attempt}: what does this do?\n${prompt}`);
      assert.equal(counts.batchesAfterCancel, 0, JSON.stringify(counts));
      assert.notEqual(counts.idleAfterMs, undefined);
      read = counts.tokens;
    }
  });

  test("while it is answered, no token is evaluated after the one that is", async function () {
    this.timeout(60_000);
    const counts = await cancelledAt(client, 4, "def add(a, b):");
    assert.notEqual(counts.idleAfterMs, undefined, "it was answered before the cancellation arrived");
    assert.equal(counts.tokensAfterCancel, 0, JSON.stringify(counts));
    assert.ok(counts.batches < 300, `${counts.batches} evaluations before it arrived`);
  });
});

/** What typing costs: prompt tokens that the real engine evaluates for each keystroke. */
import assert from "node:assert/strict";
import { LogTraceNotification, SetTraceNotification } from "vscode-languageserver-protocol";
import { LspClient } from "../../scripts/client/lspClient";
import { LastPromptRequest } from "../../src/protocol/engine";
import { tinyCodeModelPath } from "../support/models";

const uri = "file:///typing.py";
const before = Array.from({ length: 60 }, (_, i) => `def step${i}(value):\n    return value + ${i}\n\n`).join("");
const after = Array.from({ length: 40 }, (_, i) => `\n\nprint(step${i}(${i}))`).join("");

suite("typing with a real model", () => {
  let client: LspClient;

  suiteSetup(async function () {
    this.timeout(120_000);
    client = await LspClient.start({
      settings: {
        // a target that never shortens the prompt, however slow the machine is
        completion: { modelPath: tinyCodeModelPath, maxTokens: 8, latencyTargetMs: 10_000, eagerness: "eager" },
        engine: { gpu: "cpu", threads: 1 },
      },
    });
    await client.settled();
  });

  suiteTeardown(() => client.stop());

  /** Tokens that were evaluated for a completion between these texts. */
  async function evaluatedFor(version: number, prefix: string, suffix: string): Promise<number> {
    await client.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges: [{ text: prefix + suffix }],
    });
    const lines = prefix.split("\n");
    await client.complete(uri, { line: lines.length - 1, character: lines.at(-1)!.length });
    const { figures } = (await client.connection.sendRequest(LastPromptRequest.type)) ?? assert.fail("no prompt yet");
    return figures!.promptTokens - figures!.cachedTokens;
  }

  test("a keystroke costs a few tokens, also where the editor closes a bracket or a line ends", async function () {
    this.timeout(60_000);
    await client.open(uri, "");
    await evaluatedFor(2, before, ""); // before a prompt has been measured, prompts are short
    const cold = await evaluatedFor(3, before, after);
    const costs: number[] = [];
    let prefix = before;
    let closed = "";
    for (const [index, key] of Array.from("total = sum(step1(2), step2(3))\nprint(total)\nfor ").entries()) {
      prefix += key;
      if (key === "(") {
        closed = `)${closed}`;
      } else if (key === ")") {
        closed = closed.slice(1);
      }
      costs.push(await evaluatedFor(index + 4, prefix, closed + after));
    }
    assert.ok(cold > 250, `${cold} tokens at first`);
    // The start of the prefix moves now and then, by a step of some lines.
    const [most = 0, second = 0] = costs.toSorted((a, b) => b - a);
    assert.ok(second <= 6, `tokens for each keystroke: ${costs.join(" ")}`);
    assert.ok(most <= cold);
    const mean = costs.reduce((sum, cost) => sum + cost, 0) / costs.length;
    assert.ok(mean <= 9, `${mean} tokens a keystroke`);
  });

  test("the trace tells the tokens of each completion, and how many of them were evaluated", async () => {
    const traced = new Promise<string>((resolve) => {
      client.connection.onNotification(LogTraceNotification.type, ({ message }) => {
        if (message.startsWith("completion:")) {
          resolve(message);
        }
      });
    });
    await client.connection.sendNotification(SetTraceNotification.type, { value: "messages" });
    await evaluatedFor(1000, before, after);
    assert.match(await traced, /^completion: \d+ prompt tokens, \d+ of them evaluated; \d+ generated/);
  });
});

import assert from "node:assert/strict";
import {
  CancellationTokenSource,
  LogTraceNotification,
  SetTraceNotification,
} from "vscode-languageserver-protocol/node";
import { LspClient } from "../../scripts/client/lspClient";
import { LastPromptRequest, type LastPrompt } from "../../src/protocol/engine";
import { tinyCodeModelPath as tinyModel } from "../support/models";

const settings = {
  chat: { modelPath: tinyModel, temperature: 0, repeatPenalty: 1, maxTokens: 24 },
  completion: { modelPath: tinyModel, maxTokens: 24, eagerness: "eager" },
  engine: { gpu: "cpu", threads: 1 },
};
const code = [
  "def area(width, height):",
  "    return width * height",
  "",
  "",
  "def volume(width, height, depth):",
  "    return ",
  "",
  "",
  "print(volume(1, 2, 3))",
  "",
].join("\n");
/** What the engine evaluates on a CPU between two looks at the cancellation. */
const BATCH_TOKENS = 128;
/** At most so many tokens every question begins with: they may be there from the question before. */
const SHARED_TOKENS = 8;
const cursor = { line: 5, character: 11 };

suite("the inference process with a real model", () => {
  let client: LspClient;

  suiteSetup(async function () {
    this.timeout(120_000);
    client = await LspClient.start({ settings });
    await client.settled();
  });

  suiteTeardown(() => client.stop());

  async function lastPrompt(): Promise<LastPrompt> {
    return (await client.connection.sendRequest(LastPromptRequest.type)) ?? assert.fail("no prompt yet");
  }

  test("loads one file once for both roles, and tells device, layers and context", () => {
    const state = client.states.at(-1);
    assert.ok(state?.chat.kind === "ready" && state.completion.kind === "ready");
    assert.deepEqual(state.chat.model, state.completion.model);
    assert.deepEqual(state.chat.model, {
      name: "llama2-tiny-code-3m-q8_0",
      path: tinyModel,
      device: "CPU",
      gpuLayers: 0,
      layers: state.chat.model.layers,
      contextSize: 512,
      promptFormat: "llama2",
      capabilities: { chat: false, infill: true },
    });
    assert.ok(client.progress.length >= 2, "loading was shown as work-done progress");
  });

  test("completes with the prompt of Code Llama's infilling, the suffix first", async () => {
    await client.open("file:///infill.py", code);
    await client.complete("file:///infill.py", cursor);
    const { text, tokens, figures } = await lastPrompt();
    assert.match(text, /^<s><PRE><SUF>\n\n\nprint\(volume[^]*<MID>def area[^]*return$/);
    assert.equal(figures?.promptTokens, tokens);
  });

  test("gives up to three completions that differ to whoever asks, the first as to whoever types", async () => {
    await client.open("file:///several.py", code);
    const typed = await client.complete("file:///several.py", cursor);
    const asked = await client.complete("file:///several.py", cursor, { invoked: true });
    const again = await client.complete("file:///several.py", cursor, { invoked: true });
    const texts = asked.map(({ insertText }) => JSON.stringify(insertText));
    assert.ok(texts.length >= 2 && texts.length <= 3, texts.join(" | "));
    assert.equal(new Set(texts).size, texts.length);
    assert.deepEqual(asked.slice(0, 1), typed);
    assert.deepEqual(again, asked);
  });

  test("gives the same completion again, from the KV cache as from a cold start", async () => {
    await client.open("file:///again.py", code);
    await client.open("file:///other.js", "const numbers = [1, 2, 3];\nfor (const n of ");
    const cold = await client.complete("file:///again.py", cursor);
    const coldFigures = (await lastPrompt()).figures;
    await client.complete("file:///other.js", { line: 1, character: 16 });
    const evaluatedAnew = await client.complete("file:///again.py", cursor);
    const cached = await client.complete("file:///again.py", cursor);
    const cachedFigures = (await lastPrompt()).figures;
    assert.ok(cold.length > 0);
    assert.deepEqual(evaluatedAnew, cold);
    assert.deepEqual(cached, cold);
    assert.equal(cachedFigures?.cachedTokens, (coldFigures?.promptTokens ?? 0) - 1);
  });

  test("evaluates only what is new of a second question", async () => {
    const first = await client.chat({ turns: [{ role: "user", content: "Add two numbers in Python" }] });
    const second = await client.chat({
      turns: [
        { role: "user", content: "Add two numbers in Python" },
        { role: "assistant", content: first.result.text },
        { role: "user", content: "And three?" },
      ],
    });
    assert.ok(second.result.figures.cachedTokens >= first.result.figures.promptTokens - 1);
  });

  test("a second question about attached code evaluates only its own tokens, also after an answer that was cut", async () => {
    const system = { role: "system", content: "You are a helpful assistant for Python." } as const;
    const attachments = [{ uri: "file:///volume.py", languageId: "python", text: code }];
    const question = { role: "user", content: "def area(width, height):", attachments } as const;
    const first = await client.chat({ turns: [system, question], sampling: { maxTokens: 12 } });
    assert.equal(first.result.finishReason, "length");
    const answer = { role: "assistant", content: first.result.text } as const;
    const next = { role: "user", content: "And the volume?" } as const;
    const second = await client.chat({ turns: [system, question, answer, next], sampling: { maxTokens: 12 } });
    const { promptTokens, cachedTokens } = second.result.figures;
    const own = promptTokens - first.result.figures.promptTokens - first.result.figures.answerTokens;
    assert.ok(first.result.figures.promptTokens > 100 && own < 40, "the second question is a small part");
    // The last token of an answer that was cut was never evaluated, and its text may part otherwise with what follows.
    const evaluated = promptTokens - cachedTokens;
    assert.ok(evaluated <= own + 3, `${String(evaluated)} evaluated, ${String(own)} of them its own`);
    const third = await client.chat({ turns: [system, question, answer, next], sampling: { maxTokens: 12 } });
    assert.equal(third.result.figures.cachedTokens, promptTokens - 1, "asked again, all but the last token is there");
  });

  test("the trace says how much of a prompt was evaluated", async () => {
    const traced: string[] = [];
    const listening = client.connection.onNotification(LogTraceNotification.type, ({ message }) => {
      traced.push(message);
    });
    await client.connection.sendNotification(SetTraceNotification.type, { value: "messages" });
    await client.chat({ turns: [{ role: "user", content: "Count to three" }], sampling: { maxTokens: 4 } });
    await client.connection.sendNotification(SetTraceNotification.type, { value: "off" });
    listening.dispose();
    const line = /^chat: \d+ prompt tokens, \d+ of them evaluated; \d+ generated/;
    assert.ok(
      traced.some((text) => line.test(text)),
      traced.join("\n"),
    );
  });

  test("answers the same with temperature 0, and differently with another seed", async () => {
    const turns = [{ role: "user", content: "def add(a, b):" }] as const;
    const ask = async (sampling: object): Promise<string> => (await client.chat({ turns, sampling })).result.text;
    assert.equal(await ask({}), await ask({}));
    const wild = { temperature: 2, topP: 1, topK: 1000 };
    assert.equal(await ask({ ...wild, seed: 7 }), await ask({ ...wild, seed: 7 }));
    assert.notEqual(await ask({ ...wild, seed: 7 }), await ask({ ...wild, seed: 8 }));
  });

  test("stops at the token limit and says so", async () => {
    const { result } = await client.chat({
      turns: [{ role: "user", content: "Count" }],
      sampling: { maxTokens: 5 },
    });
    assert.ok(result.figures.answerTokens <= 5);
    assert.ok(result.finishReason === "length" || result.finishReason === "stop");
  });

  test("stops generating soon after a cancellation", async () => {
    const cancel = new CancellationTokenSource();
    const { result, chunks } = await client.chat(
      { turns: [{ role: "user", content: "def add(a, b):" }], sampling: { maxTokens: 300 } },
      {
        token: cancel.token,
        onChunk: () => {
          cancel.cancel();
        },
      },
    );
    assert.ok(result.finishReason === "cancelled" || result.finishReason === "stop");
    assert.ok(chunks < 100, `${String(chunks)} pieces came after all`);
  });

  test("a request that is cancelled while its prompt is read evaluates no more than the batch it is in", async () => {
    const question = `What does this do?\n${"total = total + price * count\n".repeat(24)}`;
    const turns = [{ role: "user", content: question }] as const;
    const cancel = new CancellationTokenSource();
    const cancelled = client.chat({ turns }, { token: cancel.token }).catch((error: unknown) => error);
    cancel.cancel();
    await cancelled;
    const { result } = await client.chat({ turns });
    assert.ok(result.figures.promptTokens > 2 * BATCH_TOKENS, `${String(result.figures.promptTokens)} tokens`);
    assert.ok(
      result.figures.cachedTokens <= BATCH_TOKENS + SHARED_TOKENS,
      `${String(result.figures.cachedTokens)} tokens were evaluated`,
    );
  });

  test("answers both a chat and completions that come in between", async () => {
    await client.open("file:///between.py", code);
    const chat = client.chat({ turns: [{ role: "user", content: "def add(a, b):" }], sampling: { maxTokens: 100 } });
    const completions = await Promise.all([
      client.complete("file:///between.py", { line: 1, character: 11 }),
      client.complete("file:///between.py", cursor),
    ]);
    assert.ok(completions[1].length > 0);
    assert.ok((await chat).result.text.length > 0);
  });

  test("forgets the last prompt with the model it belongs to", async () => {
    await client.configure({ ...settings, completion: {} });
    await client.state(({ chat, completion }) => chat.kind === "ready" && completion.kind === "stopped");
    assert.equal(await client.connection.sendRequest(LastPromptRequest.type), null);
  });
});

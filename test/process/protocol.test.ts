import assert from "node:assert/strict";
import { once } from "node:events";
import {
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  InlineCompletionRequest,
} from "vscode-languageserver-protocol";
import { CancellationTokenSource } from "vscode-languageserver-protocol/node";
import { CountTokensRequest, ExplainRequest, LastPromptRequest } from "../../src/protocol/engine";
import { ENGINE_ERROR } from "../../src/protocol/engineErrors";
import { fakeSettings, startFake } from "../support/fakeProcess";
import type { LspClient } from "../../scripts/client/lspClient";

const uri = "file:///project/sample.py";

suite("the inference process with a scripted engine", () => {
  let client: LspClient;

  suiteSetup(async function () {
    this.timeout(60_000);
    client = await startFake({
      rules: [
        { when: "capital of France", answer: " Paris, of course. \n" },
        { when: "count for ever", answer: "1 2 3 4 ", hang: true },
        { when: "Explain", answer: "It adds two numbers." },
        { when: "héllo 😀", answer: "wörld 😀!\n" },
        { when: "func tabbed", answer: " {\n    run()\n}" },
        { when: "def forever", answer: "pass", hang: true },
        { when: "return a", answer: " + b\n\n\n" },
      ],
    });
  });

  suiteTeardown(() => client.stop());

  test("announces what it can do, and nothing else", () => {
    assert.deepEqual(client.initializeResult?.capabilities, {
      positionEncoding: "utf-16",
      textDocumentSync: { openClose: true, change: 2 },
      notebookDocumentSync: { notebookSelector: [{ notebook: "*", cells: [{ language: "*" }] }] },
      inlineCompletionProvider: true,
    });
  });

  test("tells the state of both models, loaded once where one file serves both", () => {
    const state = client.states.at(-1);
    assert.equal(state?.chat.kind, "ready");
    assert.equal(state.completion.kind, "ready");
    assert.ok(client.states.some(({ chat }) => chat.kind === "loading" && chat.fraction === 0.5));
  });

  test("streams a chat answer in pieces that make up the answer, without outer white space", async () => {
    const { result, streamed, chunks } = await client.chat({
      turns: [{ role: "user", content: "What is the capital of France?" }],
    });
    assert.equal(result.text, "Paris, of course.");
    assert.equal(streamed.trimEnd(), result.text);
    assert.ok(chunks > 1);
    assert.equal(result.finishReason, "stop");
    assert.equal(result.figures.model, "fake");
    assert.equal(result.figures.answerTokens, 5);
  });

  test("shows the exact prompt of the last request, special tokens marked", async () => {
    await client.chat({
      turns: [
        { role: "system", content: "Be brief." },
        { role: "user", content: "What is the capital of France?" },
      ],
    });
    const prompt = await client.connection.sendRequest(LastPromptRequest.type);
    assert.equal(prompt?.text, "<s>[INST] <<SYS>>\nBe brief.\n<</SYS>>\n\nWhat is the capital of France? [/INST]");
    assert.equal(prompt.request, "chat");
  });

  test("answers a cancelled chat with what there is until then", async () => {
    const cancel = new CancellationTokenSource();
    const { result, streamed } = await client.chat(
      { turns: [{ role: "user", content: "count for ever" }] },
      {
        token: cancel.token,
        onChunk: (text) => {
          if (text.includes("3")) {
            cancel.cancel();
          }
        },
      },
    );
    assert.equal(result.finishReason, "cancelled");
    assert.equal(result.text, "1 2 3 4");
    assert.equal(streamed.trimEnd(), result.text);
  });

  test("answers a completion while a chat is generating, and the chat goes on", async () => {
    await client.open(uri, "def add(a, b):\n    return a");
    const cancel = new CancellationTokenSource();
    let completed: Promise<unknown> | undefined;
    const chat = client.chat(
      { turns: [{ role: "user", content: "count for ever" }] },
      {
        token: cancel.token,
        onChunk: () => {
          completed ??= client.complete(uri, { line: 1, character: 12 });
        },
      },
    );
    while (completed === undefined) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.deepEqual(await completed, [{ insertText: " + b", range: at(1, 12) }]);
    cancel.cancel();
    assert.equal((await chat).result.finishReason, "cancelled");
  });

  test("gives up a completion for a newer one", async () => {
    await client.open("file:///forever.py", "def forever():\n    ");
    const superseded = client.complete("file:///forever.py", { line: 1, character: 4 });
    await client.open("file:///add.py", "def add(a, b):\n    return a");
    const [first, second] = await Promise.all([
      superseded,
      client.complete("file:///add.py", { line: 1, character: 12 }),
    ]);
    assert.equal(second[0]?.insertText, " + b");
    assert.ok(first.length <= 1);
  });

  test("keeps step with edits in UTF-16 units, through emoji and CRLF", async () => {
    const edited = "file:///edited.py";
    await client.open(edited, "# 😀 x\r\nname = 1\r\n");
    await client.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: edited, version: 2 },
      contentChanges: [
        { range: { start: { line: 0, character: 5 }, end: { line: 0, character: 6 } }, text: "héllo 😀 " },
        { range: { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } }, text: "" },
      ],
    });
    const completions = await client.complete(edited, { line: 0, character: 14 });
    assert.deepEqual(completions, [{ insertText: "wörld 😀!", range: at(0, 14) }]);
    await client.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri: edited } });
    assert.deepEqual(await client.complete(edited, { line: 0, character: 0 }), []);
  });

  test("indents as the client says where the document does not show it", async () => {
    const uri = "file:///tabbed.go";
    await client.open(uri, "func tabbed()");
    const position = { line: 0, character: 13 };
    const complete = async (ours: object): Promise<unknown> => {
      const params = { textDocument: { uri }, position, context: { triggerKind: 2 as const }, ...ours };
      return client.connection.sendRequest(InlineCompletionRequest.type, params);
    };
    const range = at(0, 13);
    const formatting = { tabSize: 8, insertSpaces: false };
    assert.deepEqual(await complete({ llama2: { formatting } }), [{ insertText: " {\n\trun()\n}", range }]);
    for (const other of [{}, { llama2: { formatting: { tabSize: 0, insertSpaces: "no" } } }]) {
      assert.deepEqual(await complete(other), [{ insertText: " {\n    run()\n}", range }]);
    }
  });

  test("explains a range of an open document, its lines numbered, and gives the turn it asked", async () => {
    await client.open("file:///explained.py", "def add(a, b):\n    return a + b\n");
    const result = await client.connection.sendRequest(ExplainRequest.type, {
      textDocument: { uri: "file:///explained.py" },
      range: { start: { line: 0, character: 0 }, end: { line: 1, character: 16 } },
    });
    assert.equal(result.text, "It adds two numbers.");
    assert.equal(result.question.attachments?.[0]?.text, "1 | def add(a, b):\n2 |     return a + b");
    const prompt = await client.connection.sendRequest(LastPromptRequest.type);
    assert.match(prompt?.text ?? "", /return a \+ b/);
  });

  test("says which document it does not know", async () => {
    const explaining = client.connection.sendRequest(ExplainRequest.type, {
      textDocument: { uri: "file:///unknown.py" },
      range: at(0, 0),
    });
    await assert.rejects(explaining, {
      code: ENGINE_ERROR,
      data: { code: "unknownDocument", uri: "file:///unknown.py" },
    });
  });

  test("says that a question is too long, with the figures", async () => {
    const asking = client.chat({ turns: [{ role: "user", content: "x".repeat(10_000) }] });
    await assert.rejects(asking, (error: { data?: { code?: string; contextTokens?: number } }) => {
      assert.equal(error.data?.code, "promptTooLong");
      assert.equal(error.data.contextTokens, 4096 - 1024);
      return true;
    });
  });

  test("leaves out the oldest pairs of a long conversation and says how many", async () => {
    const pair = (n: number) =>
      [
        { role: "user", content: `question ${String(n)} ${"x".repeat(300)}` },
        { role: "assistant", content: "answer" },
      ] as const;
    const { result } = await client.chat({
      turns: [
        { role: "system", content: "Be brief." },
        ...Array.from({ length: 20 }, (_, n) => pair(n)).flat(),
        { role: "user", content: "What is the capital of France?" },
      ],
    });
    const prompt = await client.connection.sendRequest(LastPromptRequest.type);
    assert.ok(result.droppedPairs > 0);
    assert.match(prompt?.text ?? "", /^<s>\[INST\] <<SYS>>\nBe brief\./);
    assert.ok((prompt?.tokens ?? Infinity) <= 4096 - 1024);
  });
});

suite("what a conversation uses of the context, with a scripted engine", () => {
  let client: LspClient;
  const code = Array.from({ length: 500 }, (_, line) => `line ${String(line)}`).join("\n");
  const attachment = { uri: "file:///a.py", languageId: "python", text: code, focus: at(250, 0) };

  suiteSetup(async function () {
    this.timeout(60_000);
    client = await startFake({ rules: [{ when: "Why", answer: "Because." }], contextSize: 1000 });
  });

  suiteTeardown(() => client.stop());

  test("a question that is being written is counted as it would be asked, with each attachment", async () => {
    const short = { uri: "file:///b.py", languageId: "python", text: "pass" };
    const turns = [
      { role: "system", content: "Be brief." },
      { role: "user", content: "Why?", attachments: [short, { ...short, text: "pass # more" }] },
    ] as const;
    const counts = await client.connection.sendRequest(CountTokensRequest.type, {
      turns,
      sampling: { maxTokens: 100 },
    });
    await client.chat({ turns, sampling: { maxTokens: 100 } });
    const prompt = await client.connection.sendRequest(LastPromptRequest.type);
    const [first = 0, second = 0] = counts?.attachmentTokens ?? [];
    assert.equal(second - first, " # more".length);
    assert.deepEqual(counts, {
      contextTokens: 1000,
      answerTokens: 100,
      promptTokens: prompt?.tokens,
      droppedPairs: 0,
      attachmentTokens: [first, second],
      tooLong: false,
    });
    const empty = await client.connection.sendRequest(CountTokensRequest.type, {
      turns: [{ role: "user", content: "" }],
    });
    assert.deepEqual([empty?.answerTokens, empty?.tooLong], [250, false]);
  });

  test("a question that is too long, and pairs that would leave, are foretold", async () => {
    const long = { role: "user", content: "x".repeat(2000) } as const;
    const tooLong = await client.connection.sendRequest(CountTokensRequest.type, { turns: [long] });
    assert.deepEqual([tooLong?.tooLong, tooLong?.promptTokens], [true, 2000 + "<s>[INST]  [/INST]".length - 2]);
    const pair = [
      { role: "user", content: "x".repeat(300) },
      { role: "assistant", content: "y" },
    ] as const;
    const turns = [...pair, ...pair, ...pair, { role: "user", content: "Why?" }] as const;
    const counts = await client.connection.sendRequest(CountTokensRequest.type, { turns });
    assert.equal(counts?.droppedPairs, (await client.chat({ turns })).result.droppedPairs);
    assert.ok(counts.droppedPairs > 0);
  });

  test("an attachment that is too long is shortened around its focus, and the next question finds it in the cache", async () => {
    const turns = [{ role: "user", content: "Why?", attachments: [attachment] }] as const;
    const { result } = await client.chat({ turns });
    const [kept] = result.question?.attachments ?? [];
    assert.ok(kept?.omitted !== undefined && result.question !== undefined);
    assert.equal(kept.omitted.before + kept.text.split("\n").length + kept.omitted.after, 500);
    assert.match(kept.text, /^line 250$/m);
    const prompt = await client.connection.sendRequest(LastPromptRequest.type);
    assert.match(
      prompt?.text ?? "",
      /a\.py, lines \d+-\d+ \(too long: \d+ lines before and \d+ lines after these are left out\):/,
    );
    const next = await client.chat({
      turns: [result.question, { role: "assistant", content: result.text }, { role: "user", content: "Why so?" }],
    });
    assert.equal(next.result.droppedPairs, 0);
    assert.equal(next.result.question, undefined);
    assert.equal(next.result.figures.cachedTokens, result.figures.promptTokens);
  });
});

suite("a model with a chat template, with a scripted engine", () => {
  const template =
    "{% for m in messages %}{{ '<|' + m['role'] + '|>\n' + m['content'] + eos_token + '\n' }}{% endfor %}<|assistant|>\n";
  const rules = [{ when: "capital", answer: " Paris.\n<|user|>\nAnd of Spain?", hang: true, pieceLength: 3 }];
  const turns = [{ role: "user", content: "What is the capital of France?" }] as const;

  test("an answer ends where the model begins the next turn itself, and nothing of that is shown", async () => {
    const client = await startFake({ rules, chatTemplate: template });
    const { result, streamed } = await client.chat({ turns });
    assert.deepEqual([result.text, streamed.trimEnd(), result.finishReason], ["Paris.", "Paris.", "stop"]);
    await client.stop();
  }).timeout(60_000);

  test("with Llama 2's own format the same is text", async () => {
    const client = await startFake({ rules: rules.map(({ when, answer }) => ({ when, answer })) });
    assert.equal((await client.chat({ turns })).result.text, "Paris.\n<|user|>\nAnd of Spain?");
    await client.stop();
  }).timeout(60_000);
});

suite("the life of the inference process", () => {
  test("exits with 0 after shutdown and exit, over either transport", async () => {
    for (const transport of ["ipc", "stdio"] as const) {
      const client = await startBare(transport);
      assert.equal(await client.stop(), 0);
    }
  }).timeout(60_000);

  test("exits by itself when its editor is gone", async () => {
    for (const transport of ["ipc", "stdio"] as const) {
      const client = await startBare(transport);
      const exited = once(client.process, "exit");
      if (transport === "ipc") {
        client.process.disconnect();
      } else {
        client.process.stdin?.destroy();
      }
      assert.deepEqual(await exited, [1, null]);
    }
  }).timeout(60_000);

  test("keeps standard output for the protocol", async () => {
    const client = await startFake({ rules: [] });
    let printed = "";
    client.process.stdout?.on("data", (data: Buffer) => (printed += data.toString()));
    await client.chat({ turns: [{ role: "user", content: "hello" }] });
    await client.stop();
    assert.equal(printed, "");
  }).timeout(60_000);

  test("reports a model that cannot be loaded, and loads another one when the settings change", async () => {
    const client = await startFake(
      { rules: [], failLoading: "broken" },
      { chat: { modelPath: "/models/broken.gguf" } },
    );
    assert.equal(client.states.at(-1)?.chat.kind, "failed");
    const asking = client.chat({ turns: [{ role: "user", content: "hello" }] });
    await assert.rejects(asking, {
      code: ENGINE_ERROR,
      data: { code: "loadFailed", path: "/models/broken.gguf", detail: "as scripted" },
    });
    await client.configure(fakeSettings);
    const state = await client.state(({ chat }) => chat.kind === "ready");
    assert.equal(state.completion.kind, "ready");
    await client.stop();
  }).timeout(60_000);

  test("a killed process takes only its own request with it: the next process answers the same question", async () => {
    const script = {
      rules: [
        { when: "count for ever", answer: "1 2 ", hang: true },
        { when: "hello", answer: "Hi." },
      ],
    };
    const first = await startFake(script);
    const closed = new Promise<void>((resolve) => first.connection.onClose(resolve));
    const asking = first.chat(
      { turns: [{ role: "user", content: "count for ever" }] },
      { onChunk: () => first.process.kill("SIGKILL") },
    );
    const failed = assert.rejects(
      Promise.race([asking, closed.then(() => Promise.reject(new Error("connection closed")))]),
    );
    await Promise.all([closed, failed]);
    const second = await startFake(script);
    const { result } = await second.chat({ turns: [{ role: "user", content: "hello" }] });
    assert.equal(result.text, "Hi.");
    await second.stop();
  }).timeout(60_000);
});

function startBare(transport: "ipc" | "stdio"): Promise<LspClient> {
  return import("../../scripts/client/lspClient").then(({ LspClient: Client }) =>
    Client.start({ transport, entry: ["--import", "tsx", "test/support/fakeServer.ts"] }),
  );
}

function at(line: number, character: number) {
  return { start: { line, character }, end: { line, character } };
}

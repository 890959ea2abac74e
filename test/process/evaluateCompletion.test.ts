/** Models compared on places whose text is known, by the real engine beside the model in use. */
import assert from "node:assert/strict";
import { CancellationTokenSource, LSPErrorCodes, ResponseError } from "vscode-languageserver-protocol/node";
import { LspClient } from "../../scripts/client/lspClient";
import { EvaluateCompletionRequest, type EvaluationPlace } from "../../src/protocol/evaluation";
import { tinyCodeModelPath } from "../support/models";

const place = (uri: string, prefix: string): EvaluationPlace => ({ uri, languageId: "python", prefix, suffix: "\n" });
const places = [
  place("file:///a.py", "def add(a, b):\n    return "),
  place("file:///private/b.py", "def subtract(a, b):\n    return "),
  place(
    "file:///c.py",
    "def area(width, height):\n    return width * height\n\n\ndef area2(width, height):\n    return ",
  ),
];

suite("comparing models", () => {
  let client: LspClient;

  suiteSetup(async function () {
    this.timeout(120_000);
    client = await LspClient.start({
      settings: {
        completion: { modelPath: tinyCodeModelPath, maxTokens: 24 },
        exclude: ["private/"],
        engine: { gpu: "cpu", threads: 1 },
      },
    });
    await client.settled();
  });

  suiteTeardown(() => client.stop());

  test("a model answers every place but those in excluded files, with its times and memory, and tells how far it is", async function () {
    this.timeout(60_000);
    const done: number[] = [];
    client.connection.onProgress(EvaluateCompletionRequest.type, "p", (progress) => {
      done.push(progress.done);
    });
    const params = { modelPath: tinyCodeModelPath, places, partialResultToken: "p" };
    const result = await client.connection.sendRequest(EvaluateCompletionRequest.type, params);
    assert.deepEqual(
      result.answers.map((answer) => answer !== null),
      [true, false, true],
    );
    const [first] = result.answers;
    assert.ok(first !== null && first !== undefined && first.text !== "");
    assert.ok(first.totalMs >= first.firstTokenMs && first.answerTokens > 0);
    assert.ok((result.memoryBytes ?? 0) > 3_000_000, String(result.memoryBytes));
    assert.deepEqual(done, [1, 2, 3]);
  });

  test("the model in use stays, and answers meanwhile", async function () {
    this.timeout(60_000);
    await client.open("file:///meanwhile.py", "def add(a, b):\n    return a + ");
    const many = Array.from({ length: 20 }, (_, index) => place("file:///d.py", `def f${index}(a):\n    return `));
    const evaluation = client.connection.sendRequest(EvaluateCompletionRequest.type, {
      modelPath: tinyCodeModelPath,
      places: many,
    });
    const items = await client.complete("file:///meanwhile.py", { line: 1, character: 15 }, { invoked: true });
    assert.ok(items.length > 0);
    assert.equal((await evaluation).answers.length, many.length);
    assert.equal(client.states.at(-1)?.completion.kind, "ready");
  });

  test("cancelling ends it", async function () {
    this.timeout(60_000);
    const cancel = new CancellationTokenSource();
    const many = Array.from({ length: 200 }, (_, index) => place("file:///e.py", `def g${index}(a):\n    return `));
    client.connection.onProgress(EvaluateCompletionRequest.type, "c", () => {
      cancel.cancel();
    });
    const params = { modelPath: tinyCodeModelPath, places: many, partialResultToken: "c" };
    await assert.rejects(
      client.connection.sendRequest(EvaluateCompletionRequest.type, params, cancel.token),
      (error: unknown) => error instanceof ResponseError && error.code === LSPErrorCodes.RequestCancelled,
    );
  });

  test("a file that cannot be used is told by its coded reason", async () => {
    const params = { modelPath: "/nowhere/model.gguf", places };
    await assert.rejects(
      client.connection.sendRequest(EvaluateCompletionRequest.type, params),
      (error: unknown) =>
        error instanceof ResponseError && (error.data as { code?: string } | undefined)?.code === "modelNotFound",
    );
  });
});

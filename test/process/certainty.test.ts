/** Suggestions of the real engine that it is unsure of, and the figures that follow every completion. */
import assert from "node:assert/strict";
import { LspClient } from "../../scripts/client/lspClient";
import { CompletionFiguresNotification, type CompletionFigures } from "../../src/protocol/completion";
import { tinyCodeModelPath } from "../support/models";

const uri = "file:///unsure.py";
/** A place where the tiny model has no idea what comes, and one where it has. */
const unsure = "for i in range(";
const sure = "def area(width, height):\n    return width * height\n\n\ndef area2(width, height):\n    return width *";

suite("certainty of a real model", () => {
  let client: LspClient;
  const figures: CompletionFigures[] = [];
  let onFigures: () => void = () => undefined;

  suiteSetup(async function () {
    this.timeout(120_000);
    client = await LspClient.start({ settings: settingsWith("cautious") });
    client.connection.onNotification(CompletionFiguresNotification.type, (one) => {
      figures.push(one);
      onFigures();
    });
    await client.settled();
  });

  suiteTeardown(() => client.stop());

  function settingsWith(eagerness: string): Record<string, unknown> {
    return {
      completion: { modelPath: tinyCodeModelPath, maxTokens: 24, eagerness },
      engine: { gpu: "cpu", threads: 1 },
    };
  }

  /** The first suggestion at the end of a text, and what it cost. */
  async function completeAfter(text: string, invoked = false): Promise<[string | undefined, CompletionFigures]> {
    const count = figures.length;
    const told = new Promise<void>((resolve) => (onFigures = resolve));
    await client.close(uri);
    await client.open(uri, text);
    const lines = text.split("\n");
    const items = await client.complete(uri, { line: lines.length - 1, character: lines.at(-1)!.length }, { invoked });
    await told;
    assert.equal(figures.length, count + 1);
    const [first] = items;
    return [typeof first?.insertText === "string" ? first.insertText : undefined, figures.at(-1)!];
  }

  test("whoever types does not see what the model is unsure of, whoever asks does", async () => {
    const [typed, figuresOfTyped] = await completeAfter(unsure);
    assert.equal(typed, undefined);
    assert.ok(figuresOfTyped.firstLineProbability! < 0.15, JSON.stringify(figuresOfTyped));
    const [asked] = await completeAfter(unsure, true);
    assert.ok(asked !== undefined && asked.length > 0);
  });

  test("an unsure answer ends early", async () => {
    const [, typed] = await completeAfter(unsure);
    const [, asked] = await completeAfter(unsure, true);
    assert.ok(typed.answerTokens < asked.answerTokens, `${typed.answerTokens} and ${asked.answerTokens} tokens`);
  });

  test("what the model is sure of is shown, also to whoever types", async () => {
    const [text, { firstLineProbability, isPrepared, isCancelled }] = await completeAfter(sure);
    assert.ok(text !== undefined && text !== "");
    assert.ok(firstLineProbability! >= 0.15 && firstLineProbability! <= 1, String(firstLineProbability));
    assert.deepEqual({ isPrepared, isCancelled }, { isPrepared: false, isCancelled: false });
  });

  test("the setting counts from the next request on, without loading the model again", async () => {
    await client.configure(settingsWith("eager"));
    let text: string | undefined;
    for (let attempt = 0; text === undefined && attempt < 100; attempt++) {
      [text] = await completeAfter(unsure); // the server asks for its settings meanwhile
    }
    assert.ok(text !== undefined && text !== "");
    assert.deepEqual(client.states, []);
  });
});

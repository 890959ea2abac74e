/** What is said of a model file before it is used. */
import * as assert from "node:assert/strict";
import { chatAbility, completionAbility, modelFacts, modelWarnings } from "../../../src/extension/modelSummary";
import type { ModelDescription } from "../../../src/protocol/engine";

const MODEL: ModelDescription = {
  path: "/m.gguf",
  name: "m",
  architecture: "llama",
  quantization: "Q4_K_M",
  bytes: 3_900_000_000,
  trainedContext: 4096,
  tokenizer: "llama",
  warnings: [],
  promptFormat: "llama2",
  capabilities: { chat: true, infill: false },
};
const translate = (message: string, ...args: (string | number | boolean)[]): string =>
  message.replace(/\{(\d)\}/g, (_, index: string) => String(args[Number(index)]));

suite("model summary", () => {
  test("tells architecture, quantization, size and context", () => {
    assert.equal(modelFacts(MODEL, translate), "llama, Q4_K_M, 3.9 GB, trained context of 4096 tokens");
    assert.match(modelFacts({ ...MODEL, bytes: 724_280 }, translate), /0\.7 MB/);
  });

  test("tells how it chats", () => {
    assert.match(chatAbility(MODEL, translate), /Llama 2 format/);
    assert.match(chatAbility({ ...MODEL, promptFormat: "template" }, translate), /own template/);
    assert.match(
      chatAbility({ ...MODEL, capabilities: { chat: false, infill: true } }, translate),
      /not trained to chat/,
    );
  });

  test("warns of what the abilities do not say", () => {
    assert.equal(modelWarnings(MODEL, translate), "");
    assert.match(modelWarnings({ ...MODEL, warnings: ["noInfill", "noRopeBase"] }, translate), /^An old conversion/);
    assert.match(modelWarnings({ ...MODEL, part: { index: 2, count: 3 } }, translate), /Part 2 of 3/);
  });

  test("tells what completion sees", () => {
    assert.match(completionAbility(MODEL, translate), /only the code before/);
    assert.match(
      completionAbility({ ...MODEL, capabilities: { chat: true, infill: true } }, translate),
      /before and after/,
    );
  });
});

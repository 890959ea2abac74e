/** The figures under an answer. */
import * as assert from "node:assert/strict";
import { figureDetails, figureParts } from "../../../src/webview/figures";
import { figures } from "./support";

suite("figures of an answer", () => {
  test("model, device, tokens, speed and time to first token stand in this order", () => {
    assert.deepEqual(figureParts(figures, "en"), [
      "TinyLlama 1.1B",
      "CPU",
      "212 tokens",
      "9.8 tokens/s",
      "first token after 1.2 s",
    ]);
  });

  test("numbers are written as the language writes them", () => {
    assert.ok(figureParts(figures, "de").includes("9,8 tokens/s"));
  });

  test("fast figures are whole numbers, short times are milliseconds", () => {
    const parts = figureParts({ ...figures, tokensPerSecond: 1234.5, firstTokenMs: 42.4 }, "en");
    assert.deepEqual(parts.slice(3), ["1,235 tokens/s", "first token after 42 ms"]);
  });

  test("what was not measured is left out", () => {
    const parts = figureParts({ ...figures, device: "", tokensPerSecond: 0, firstTokenMs: 0 }, "en");
    assert.deepEqual(parts, ["TinyLlama 1.1B", "212 tokens"]);
  });

  test("the details name prompt, reuse and duration", () => {
    assert.equal(
      figureDetails(figures, "en"),
      "Prompt: 1,512 tokens, 480 of them still in memory. Answer: 212 tokens in 23 s.",
    );
  });
});

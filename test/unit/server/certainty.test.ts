import assert from "node:assert/strict";
import { AnswerWatch } from "../../../src/server/answerWatch";
import { Certainty, CERTAINTY_LIMITS, type CertaintyLimits } from "../../../src/server/certainty";
import { completionContext } from "../../../src/server/completionShape";

type Written = readonly (readonly [token: string, probability: number | undefined])[];

const LIMITS: CertaintyLimits = { line: 0.1, part: 0.5 };

/** Writes an answer token by token until the model is unsure. */
function write(tokens: Written, limits = LIMITS, heldBack = ""): { certainty: Certainty; text: string } {
  const certainty = new Certainty(limits, heldBack);
  let text = "";
  for (const [token, probability] of tokens) {
    text += token;
    certainty.add(text, probability);
    if (certainty.isUnsure) {
      break;
    }
  }
  return { certainty, text };
}

/** What is left of an answer. */
function shown(tokens: Written, limits = LIMITS, heldBack = ""): string {
  const { certainty, text } = write(tokens, limits, heldBack);
  return certainty.sure(text);
}

suite("certainty of an answer", () => {
  test("an answer that the model is sure of stays whole", () => {
    assert.equal(shown([["return", 0.9], [" total", 0.8], ["\n", 0.9], ["x", 0.9]]), "return total\nx"); // prettier-ignore
  });

  test("the first line's probability is the product of its tokens', the end of the line among them", () => {
    const { certainty } = write([["a", 0.5], [" b", 0.5], ["\n", 0.8], ["c", 0.9]]); // prettier-ignore
    assert.equal(certainty.firstLine, 0.2);
  });

  test("a line that has begun counts as far as it goes", () => {
    assert.equal(write([["a", 0.5]]).certainty.firstLine, 0.5);
    assert.equal(write([]).certainty.firstLine, undefined);
  });

  test("line ends before the code belong to the first line", () => {
    const { certainty } = write([["\n", 0.5], ["    ", 1], ["x", 0.5], ["\n", 1], ["y", 0.9]]); // prettier-ignore
    assert.equal(certainty.firstLine, 0.25);
  });

  test("an unsure line ends it, and the whole lines before stay", () => {
    const tokens: Written = [["x = 1", 0.9], ["\n", 0.9], ["y", 0.3], [" = ", 0.9], ["2", 0.2], ["0", 0.9]]; // prettier-ignore
    const { certainty, text } = write(tokens);
    assert.equal(text, "x = 1\ny = 2");
    assert.equal(certainty.sure(text), "x = 1");
  });

  test("of an unsure first line the sure part stays, up to an end between words", () => {
    assert.equal(shown([["total", 0.9], [" +", 0.9], [" count", 0.8], [" *", 0.6], [" se", 0.1]]), "total + count"); // prettier-ignore
  });

  test("no part ends inside a word, a bracket or a string, or where something has to follow", () => {
    assert.equal(
      shown([
        ["coun", 0.9],
        ["ter", 0.05],
      ]),
      "",
    );
    assert.equal(
      shown([
        ["call(first", 0.9],
        [",", 0.05],
      ]),
      "",
    );
    assert.equal(
      shown([
        ['"two words', 0.9],
        [" more", 0.05],
      ]),
      "",
    );
    assert.equal(
      shown([
        ["ready and", 0.9],
        [" other", 0.05],
      ]),
      "",
    );
    assert.equal(
      shown([
        ["x", 0.9],
        [" +", 0.05],
      ]),
      "",
    );
  });

  test("white space that the prompt left out is no guess", () => {
    const { certainty } = write([["    ", 0.01], ["return", 0.9], [" x", 0.9]], LIMITS, "    "); // prettier-ignore
    assert.equal(certainty.isUnsure, false);
    assert.ok(Math.abs((certainty.firstLine ?? 0) - 0.81) < 1e-9);
  });

  test("tokens without a probability say nothing", () => {
    assert.equal(
      shown([
        ["a", undefined],
        [" b", undefined],
      ]),
      "a b",
    );
  });

  test("eager shows everything, cautious less than balanced", () => {
    const tokens: Written = [["maybe", 0.1], ["\n", 0.9]]; // prettier-ignore
    assert.equal(shown(tokens, CERTAINTY_LIMITS.eager), "maybe\n");
    assert.equal(shown(tokens, CERTAINTY_LIMITS.balanced), "maybe\n");
    assert.equal(shown(tokens, CERTAINTY_LIMITS.cautious), "");
  });

  test("the watch of an answer stops where the model is unsure, and keeps what is sure", () => {
    const context = completionContext({ languageId: "python", prefix: "def f():\n    ", suffix: "", heldBack: "" });
    const watch = new AnswerWatch({ context, taken: "", closers: "", timeLimitMs: 1000, certainty: LIMITS }, () => 0);
    assert.equal(watch.isComplete("a = 1\n", 0.9), false);
    assert.equal(watch.isComplete("a = 1\nb", 0.05), true);
    assert.equal(watch.outcome("a = 1\nb", "stop"), "a = 1");
    assert.equal(watch.probability, 0.9);
  });
});

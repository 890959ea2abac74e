import assert from "node:assert/strict";
import { AnswerWatch } from "../../../src/server/answerWatch";
import { CERTAINTY_LIMITS } from "../../../src/server/certainty";
import { completionContext } from "../../../src/server/completionShape";

function watch(code: string, { taken = "", closers = "", now = (): number => 0 } = {}): AnswerWatch {
  const [prefix = "", suffix = ""] = code.split("‸");
  const context = completionContext({ languageId: "python", prefix, suffix, heldBack: "" });
  return new AnswerWatch({ context, taken, closers, timeLimitMs: 1000, certainty: CERTAINTY_LIMITS.eager }, now);
}

/** What has been written when the watch says stop. */
function stoppedAt(watching: AnswerWatch, answer: string): string | undefined {
  const end = Array.from({ length: answer.length }, (_, index) => index + 1).find((length) =>
    watching.isComplete(answer.slice(0, length)),
  );
  return end === undefined ? undefined : answer.slice(0, end);
}

suite("watching an answer", () => {
  test("stops where the next line of the document is reached", () => {
    const watching = watch("def f(a):\n    b = a + 1\n‸\n    print(total(b))\n");
    assert.equal(
      stoppedAt(watching, "    c = b\n    print(total(b))\n    d = c\n"),
      "    c = b\n    print(total(b))\n",
    );
  });

  test("stops when the model repeats itself, but not in a rule of dashes", () => {
    assert.ok((stoppedAt(watch("x = ‸"), "[" + "1234, ".repeat(50)) ?? "x".repeat(80)).length < 80);
    assert.ok((stoppedAt(watch("def f():\n‸"), "    a = b\n".repeat(50)) ?? "x".repeat(80)).length < 80);
    assert.equal(stoppedAt(watch("x = ‸"), "-".repeat(100)), undefined);
  });

  test("stops at the closers after the cursor, and keeps no more than them", () => {
    const watching = watch("print(‸)", { closers: ")" });
    assert.equal(stoppedAt(watching, "f(a)):\n"), "f(a))");
    assert.equal(watching.outcome("f(a)):", "stop"), "f(a))");
  });

  test("stops when the time is over, and then keeps whole lines only", () => {
    let time = 0;
    const watching = watch("def f():\n‸", { now: () => time });
    assert.equal(watching.isComplete("    a = 1\n    b"), false);
    time = 1001;
    assert.equal(watching.isComplete("    a = 1\n    b ="), true);
    assert.equal(watching.outcome("    a = 1\n    b =", "stop"), "    a = 1");
  });

  test("of an answer that the token limit ends, a line that has only begun does not count", () => {
    assert.equal(watch("x = ‸").outcome("some_fun", "length"), "");
    assert.equal(watch("def f():\n‸").outcome("    a = 1\n    b", "length"), "    a = 1");
  });

  test("takes off what stands before the cursor already; without it there is no answer", () => {
    const watching = watch("has_cl‸", { taken: "cl" });
    assert.equal(watching.outcome("close_elements", "stop"), "ose_elements");
    assert.equal(watching.outcome("other", "stop"), "");
  });
});

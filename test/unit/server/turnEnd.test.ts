/** Where an answer ends because the model goes on with the next turn itself. */
import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { TurnEnd } from "../../../src/server/turnEnd";

const MARKERS = ["<|user|>", "<|assistant|>", "### Response:"];

function run(pieces: readonly string[], markers = MARKERS): { shown: string; answer: string; read: number } {
  const end = new TurnEnd(markers);
  let shown = "";
  let read = 0;
  for (const piece of pieces) {
    shown += end.push(piece);
    read++;
    if (end.hasEnded) {
      break;
    }
  }
  return { shown: shown + end.finish(), answer: end.answer, read };
}

suite("The end of a turn", () => {
  const cases: readonly (readonly [string, readonly string[], string])[] = [
    ["a marker ends it", ["Paris.\n", "<|us", "er|>", "\nAnd Rome?"], "Paris.\n"],
    ["in one piece", ["Paris.\n<|user|>\nAnd Rome?"], "Paris.\n"],
    ["an indented one too", ["Paris.\n  ", "<|user|>"], "Paris.\n"],
    ["at the very start nothing is left", ["<|assistant|>"], ""],
    ["within a line it is text", ["The mark is ", "<|user|>", " here."], "The mark is <|user|> here."],
    ["what only begins like one is text", ["Paris.\n<|us", "ual|>"], "Paris.\n<|usual|>"],
    ["also where the answer ends with it", ["Paris.\n<|us"], "Paris.\n<|us"],
    ["a longer line that begins like one is text", ["### Re", "sults\n"], "### Results\n"],
  ];
  for (const [behaviour, pieces, answer] of cases) {
    test(behaviour, () => {
      const result = run(pieces);
      assert.equal(result.answer, answer);
      assert.equal(result.shown.trimEnd(), answer.trimEnd());
    });
  }

  test("nothing of a marker is ever shown, and reading stops with it", () => {
    const end = new TurnEnd(MARKERS);
    assert.deepEqual([end.push("Hi\n<"), end.push("|user|"), end.push(">"), end.hasEnded], ["Hi\n", "", "", true]);
  });

  test("without markers, as with Llama 2's own format, everything passes at once", () => {
    const end = new TurnEnd([]);
    for (const piece of ["[INST] <|user|>\n", "<|user|>", "</s>"]) {
      assert.equal(end.push(piece), piece);
    }
    assert.equal(end.hasEnded, false);
  });

  test("however it is cut, the answer is the same, and what is shown is the answer", () => {
    const part = fc.constantFrom("<|", "user", "|>", "<|user|>", "\n", " ", "a", "### ", "Response:");
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), fc.integer({ min: 1, max: 5 }), (parts, size) => {
        const whole = parts.join("");
        const cut = whole.match(new RegExp(`[^]{1,${String(size)}}`, "g")) ?? [];
        assert.equal(run(cut).answer, run([whole]).answer);
        assert.equal(run(cut).shown.trimEnd(), run(cut).answer.trimEnd());
      }),
    );
  });
});

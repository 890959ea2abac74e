import assert from "node:assert/strict";
import { reachOfClosers, splitClosersAhead } from "../../../src/server/closersAhead";

suite("closers after the cursor", () => {
  const suffixes: readonly (readonly [string, string, string])[] = [
    [")", ")", ""],
    [")\nnext", ")", "\nnext"],
    ['")];  \nnext', '")]', ";  \nnext"],
    ["\n}", "", "\n}"],
    [") + b", "", ") + b"],
    ["name)", "", "name)"],
  ];
  for (const [suffix, closers, rest] of suffixes) {
    test(`of ${JSON.stringify(suffix)} the prompt leaves out ${JSON.stringify(closers)}`, () => {
      assert.deepEqual(splitClosersAhead(suffix), { closers, rest });
    });
  }

  const answers: readonly (readonly [string, string, string | undefined])[] = [
    ["a, b):", ")", "a, b)"],
    ["f(a)", ")", undefined],
    ["f(a))\n", ")", "f(a))"],
    ['"(")', ")", '"(")'],
    ['")", x', ")", undefined],
    ["0]));", "])", "0])"],
    ["a}", ")", undefined],
    ['hello")', '")', 'hello")'],
    ["\n  return 1;\n}\nmore", "}", "\n  return 1;\n}"],
    ["anything)", "", undefined],
  ];
  for (const [answer, closers, reach] of answers) {
    test(`${JSON.stringify(answer)} ${reach === undefined ? "does not reach" : "reaches"} ${closers}`, () => {
      const end = reachOfClosers(answer, closers);
      assert.equal(end === undefined ? undefined : answer.slice(0, end), reach);
    });
  }
});

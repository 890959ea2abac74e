import assert from "node:assert/strict";
import { metadataTexts } from "../../../../src/server/models/metadataTexts";

suite("entries of a header for people", () => {
  const cases: readonly (readonly [what: string, value: unknown, shown: unknown])[] = [
    ["text", "llama", "llama"],
    ["a truth value", true, true],
    ["a whole number", 4096, 4096],
    ["a 32-bit fraction", Math.fround(1e-5), 1e-5],
    ["a 64-bit fraction", 0.1, 0.1],
    ["a number that JSON does not have", Number.NaN, "NaN"],
    ["a long whole number that fits", 32_000n, 32_000],
    ["one that does not", 2n ** 63n, "9223372036854775808"],
    ["a short list", [1, 2n, "x"], "[1, 2, x]"],
    ["a long list", Array.from({ length: 32_000 }, (_, index) => index), "[0, 1, 2, 3, 4, 5, 6, 7, …] (32000)"],
    ["a list of lists", [[1], [2]], "[[1], [2]]"],
  ];
  for (const [what, value, shown] of cases) {
    test(`${what} is ${JSON.stringify(shown)}`, () => {
      assert.deepEqual(metadataTexts({ key: value }), { key: shown });
    });
  }
});

/** A prompt with a long diff or file is made to fit, by estimates or by the model's own count. */
import assert from "node:assert/strict";
import { parseBody } from "../../../../src/extension/promptFiles/body";
import { cutAround, fitPrompt, type FitOptions } from "../../../../src/extension/promptFiles/fitPrompt";
import { estimateTokens } from "../../../../src/base/estimateTokens";

const DIFF = `diff --git a/a.py b/a.py\n--- a/a.py\n+++ b/a.py\n@@ -1 +1,200 @@\n${Array.from({ length: 200 }, (_, index) => `+line ${index} of the change`).join("\n")}`;
const body = parseBody("Changes:\n{{diff}}\nSay why. {{input}}").parts;

function options(changes: Partial<FitOptions> = {}): FitOptions {
  return { roomTokens: 500, excess: () => Promise.resolve(undefined), hides: () => false, focusLine: 0, ...changes };
}

suite("fitting prompts", () => {
  test("what fits stays whole", async () => {
    const { text, shortened } = await fitPrompt(body, { diff: DIFF }, options({ roomTokens: 100_000 }));
    assert.ok(text.includes("+line 199"));
    assert.equal(shortened, false);
  });

  test("without a model the estimate decides", async () => {
    const { text, values, shortened } = await fitPrompt(body, { diff: DIFF, input: "please" }, options());
    assert.ok(estimateTokens(text) <= 500, String(estimateTokens(text)));
    assert.ok(text.includes("+line 0 of") && text.endsWith("Say why. please"));
    assert.ok(text.includes(values.diff ?? "?"));
    assert.equal(shortened, true);
  });

  test("the model's count decides where it is known, and what is too long is shortened until it fits", async () => {
    const counted: number[] = [];
    const excess = (prompt: string): Promise<number> => {
      counted.push(prompt.length);
      return Promise.resolve(prompt.length - 1000); // a model with a token for every character
    };
    const { text } = await fitPrompt(body, { diff: DIFF }, options({ roomTokens: 1000, excess }));
    assert.ok(text.length <= 1000 && text.length > 400, String(text.length));
    assert.ok(counted.length > 1);
  });

  test("a prompt with nothing to shorten is not counted, and given as it is", async () => {
    const excess = (): Promise<number> => assert.fail("was asked");
    const { text } = await fitPrompt(
      parseBody("Why {{input}}?").parts,
      { input: "x".repeat(9000) },
      options({ excess }),
    );
    assert.equal(text.length, 9005);
  });

  test("hidden files are only named", async () => {
    const { text } = await fitPrompt(body, { diff: DIFF }, options({ hides: (path) => path === "a.py" }));
    assert.match(text, /^Changes:\n--- a\.py \(modified, \+200 -0, not shown\)\nSay why\./);
  });

  test("a file is cut around the cursor", () => {
    const text = Array.from({ length: 100 }, (_, index) => `line ${index}`).join("\r\n");
    const { text: cut, shortened } = cutAround(text, 50, 80);
    assert.match(cut, /^\[\d+ lines left out\]\n[^]*line 50\n[^]*\[\d+ lines left out\]$/);
    assert.ok(shortened);
    assert.deepEqual(cutAround("a\nb", 9, 100), { text: "a\nb", shortened: false });
    assert.equal(cutAround(text, 0, 0).text, "[100 lines left out]");
  });
});

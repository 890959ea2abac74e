import assert from "node:assert/strict";
import { PrefillSpeed } from "../../../src/server/engine/prefillSpeed";
import { promptBudget } from "../../../src/server/promptBudget";

suite("the budget of a completion's prompt", () => {
  const cases: readonly (readonly [string, number | undefined, boolean, number, number])[] = [
    ["a fast CPU gets what it reads within the target", 2000, false, 400, 800],
    ["a slow CPU gets little, but some lines", 40, false, 400, 128],
    ["a GPU is not given whole files", 50_000, true, 400, 4096],
    ["an unmeasured CPU is taken to be slow", undefined, false, 400, 256],
    ["an unmeasured GPU is taken to be fast", undefined, true, 400, 2048],
    ["a user who waits longer gets more", 500, false, 1000, 500],
  ];
  for (const [behaviour, prefillTokensPerSecond, usesGpu, latencyTargetMs, expected] of cases) {
    test(behaviour, () => {
      assert.equal(promptBudget({ prefillTokensPerSecond, usesGpu, latencyTargetMs }), expected);
    });
  }
});

suite("prefill speed", () => {
  test("is unknown before a prompt was long enough", () => {
    const speed = new PrefillSpeed();
    speed.add(10, 5);
    assert.equal(speed.tokensPerSecond, undefined);
    speed.add(500, 1000);
    assert.equal(speed.tokensPerSecond, 500);
  });

  test("forgets the first prompt, which also read the file", () => {
    const speed = new PrefillSpeed();
    speed.add(100, 1000);
    speed.add(100, 100);
    assert.equal(speed.tokensPerSecond, 1000);
  });

  test("stays what it is while measurements only scatter, and follows a real change", () => {
    const speed = new PrefillSpeed();
    speed.add(100, 100);
    for (const ms of [100, 110, 90, 120, 85]) {
      speed.add(100, ms);
      assert.equal(speed.tokensPerSecond, 1000);
    }
    speed.add(100, 400);
    speed.add(100, 400);
    assert.ok((speed.tokensPerSecond ?? 0) < 600);
  });
});

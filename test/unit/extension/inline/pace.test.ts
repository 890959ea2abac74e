/** How long is waited before the engine is asked. */
import * as assert from "node:assert/strict";
import { MAX_DEBOUNCE_MS, Pace } from "../../../../src/extension/inline/pace";

function typist(intervals: readonly number[], answers: readonly number[] = []): Pace {
  const pace = new Pace();
  let nowMs = 10_000;
  pace.keyPressed(nowMs);
  for (const intervalMs of intervals) {
    nowMs += intervalMs;
    pace.keyPressed(nowMs);
  }
  for (const ms of answers) {
    pace.answered(ms);
  }
  return pace;
}

const steady = (intervalMs: number): number[] => Array<number>(50).fill(intervalMs);

suite("pace", () => {
  test("before anything is measured it is a moderate pause", () => {
    const { debounceMs, latencyMs } = new Pace();
    assert.equal(latencyMs, undefined);
    assert.ok(debounceMs >= 80 && debounceMs <= 150, String(debounceMs));
  });

  test("a slow engine is asked when typing pauses: longer for who types slowly", () => {
    const [fast, slow] = [typist(steady(80), [900]), typist(steady(250), [900])];
    assert.ok(fast.debounceMs < 60, String(fast.debounceMs));
    assert.ok(slow.debounceMs > 180, String(slow.debounceMs));
  });

  test("an irregular rhythm is given more time than a steady one", () => {
    const irregular = steady(150).map((ms, index) => ms + (index % 2 === 0 ? 80 : -80));
    assert.ok(typist(irregular, [900]).debounceMs > typist(steady(150), [900]).debounceMs + 40);
  });

  test("an engine that answers between two keys is asked at once", () => {
    assert.equal(typist(steady(200), [20]).debounceMs, 0);
  });

  test("it is bounded, whatever was measured", () => {
    assert.equal(typist(steady(990), [60_000]).debounceMs, MAX_DEBOUNCE_MS);
    assert.ok(typist(steady(0), [60_000]).debounceMs >= 0);
  });

  test("pauses for thinking do not change the rhythm", () => {
    const thinking = steady(100).flatMap((ms) => [ms, 30_000]);
    assert.equal(typist(thinking, [900]).debounceMs, typist(steady(100), [900]).debounceMs);
  });

  test("the latency follows the recent answers", () => {
    assert.equal(typist([], [1_000]).latencyMs, 1_000);
    const latencyMs = typist([], [1_000, ...Array<number>(20).fill(100)]).latencyMs ?? 0;
    assert.ok(latencyMs < 110, String(latencyMs));
  });
});

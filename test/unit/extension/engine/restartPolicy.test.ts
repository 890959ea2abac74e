/** When the inference process is started again after a crash. */
import * as assert from "node:assert/strict";
import { DEFAULT_RESTART_LIMITS, RestartPolicy } from "../../../../src/extension/engine/restartPolicy";

const LIMITS = { maxCrashes: 3, windowMs: 1000, delaysMs: [0, 50] };

suite("restart policy", () => {
  test("restarts at once after the first crash, then later each time, then gives up", () => {
    const policy = new RestartPolicy(LIMITS);
    assert.deepEqual(policy.afterCrash(0), { kind: "restart", delayMs: 0 });
    assert.deepEqual(policy.afterCrash(10), { kind: "restart", delayMs: 50 });
    assert.deepEqual(policy.afterCrash(20), { kind: "giveUp", crashes: 3 });
  });

  test("crashes that lie back further than the window do not count", () => {
    const policy = new RestartPolicy(LIMITS);
    policy.afterCrash(0);
    policy.afterCrash(100);
    assert.deepEqual(policy.afterCrash(1050), { kind: "restart", delayMs: 50 });
    assert.deepEqual(policy.afterCrash(5000), { kind: "restart", delayMs: 0 });
  });

  test("starts from the beginning after a reset", () => {
    const policy = new RestartPolicy(LIMITS);
    policy.afterCrash(0);
    policy.afterCrash(1);
    policy.afterCrash(2);
    policy.reset();
    assert.deepEqual(policy.afterCrash(3), { kind: "restart", delayMs: 0 });
  });

  test("the last delay holds for all further crashes", () => {
    const policy = new RestartPolicy({ maxCrashes: 10, windowMs: 1e6, delaysMs: [1, 2] });
    const delays = [0, 1, 2, 3]
      .map((now) => policy.afterCrash(now))
      .map((one) => one.kind === "restart" && one.delayMs);
    assert.deepEqual(delays, [1, 2, 2, 2]);
  });

  test("by default the first restart does not wait, and delays grow", () => {
    const { delaysMs } = DEFAULT_RESTART_LIMITS;
    assert.equal(delaysMs[0], 0);
    assert.deepEqual(
      [...delaysMs].sort((a, b) => a - b),
      delaysMs,
    );
  });
});

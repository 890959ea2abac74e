/** When models are nobody's any more. */
import * as assert from "node:assert/strict";
import { IdleTimer } from "../../../../src/server/engine/idleTimer";

/** A few milliseconds, in minutes. */
const SHORT_MINUTES = 5 / 60_000;

suite("idle timer", () => {
  test("tells once that nothing has happened", async () => {
    let told = 0;
    await new Promise<void>((resolve) => {
      const timer = new IdleTimer(
        () => true,
        () => {
          told++;
          resolve();
        },
      );
      timer.configure(SHORT_MINUTES);
      keepAliveUntil(() => told > 0);
    });
    assert.equal(told, 1);
  });

  test("while something goes on it asks again later", async () => {
    let asked = 0;
    await new Promise<void>((resolve) => {
      const timer = new IdleTimer(() => ++asked === 3, resolve);
      timer.configure(SHORT_MINUTES);
      keepAliveUntil(() => asked >= 3);
    });
    assert.equal(asked, 3);
  });

  test("zero minutes is never, also for a timer that ran", async () => {
    const timer = new IdleTimer(
      () => true,
      () => assert.fail("it was told"),
    );
    timer.configure(SHORT_MINUTES);
    timer.configure(0);
    timer.touch();
    let later = false;
    const other = new IdleTimer(
      () => true,
      () => (later = true),
    );
    other.configure(2 * SHORT_MINUTES);
    await new Promise<void>((resolve) => {
      keepAliveUntil(() => {
        if (later) {
          resolve();
        }
        return later;
      });
    });
  });
});

/** The timer itself keeps no process alive. */
function keepAliveUntil(done: () => boolean): void {
  const alive = setInterval(() => {
    if (done()) {
      clearInterval(alive);
    }
  }, 5);
}

import assert from "node:assert/strict";
import { Scheduler, type Turn } from "../../../src/server/engine/scheduler";

const never = new AbortController().signal;

suite("scheduler", () => {
  test("lets a newer completion take the place of the one that is running", async () => {
    const scheduler = new Scheduler();
    const order: string[] = [];
    const first = scheduler.run("completion", never, async ({ signal }) => {
      order.push("first starts");
      await aborted(signal);
      order.push("first stops");
    });
    await tick();
    const second = scheduler.run("completion", never, () => {
      order.push("second starts");
      return Promise.resolve();
    });
    await Promise.all([first, second]);
    assert.deepEqual(order, ["first starts", "first stops", "second starts"]);
  });

  test("never starts a completion that was superseded while it waited", async () => {
    const scheduler = new Scheduler();
    const first = scheduler.run("completion", never, ({ signal }) => aborted(signal));
    const second = scheduler.run("completion", never, () => Promise.reject(new Error("must not start")));
    const third = scheduler.run("completion", never, () => Promise.resolve("third"));
    await Promise.allSettled([first]);
    await assert.rejects(second, { name: "AbortError" });
    assert.equal(await third, "third");
  });

  test("pauses a chat at its next batch until no completion is left", async () => {
    const scheduler = new Scheduler();
    const finish: (() => void)[] = [];
    let batches = 0;
    let stopped = false;
    const chat = scheduler.run("chat", never, async ({ yieldTurn }) => {
      while (!stopped) {
        await yieldTurn();
        batches++;
      }
    });
    await until(() => batches > 3);
    const completion = scheduler.run("completion", never, () => new Promise<void>((resolve) => finish.push(resolve)));
    await tick();
    await tick();
    const paused = batches;
    for (let i = 0; i < 10; i++) {
      await tick();
    }
    assert.equal(batches, paused);
    finish[0]?.();
    await completion;
    await until(() => batches > paused + 3);
    stopped = true;
    await chat;
  });

  test("ends a paused chat when it is cancelled, though the completion goes on", async () => {
    const scheduler = new Scheduler();
    const cancel = new AbortController();
    const finish: (() => void)[] = [];
    const completion = scheduler.run("completion", never, () => new Promise<void>((resolve) => finish.push(resolve)));
    const chat = scheduler.run("chat", cancel.signal, runUntilAborted);
    await tick();
    cancel.abort();
    assert.equal(await chat, "stopped");
    finish[0]?.();
    await completion;
  });

  test("answers chats one after the other, also when one that waits is cancelled", async () => {
    const scheduler = new Scheduler();
    const finish: (() => void)[] = [];
    const cancel = new AbortController();
    const order: string[] = [];
    const first = scheduler.run("chat", never, () => new Promise<void>((resolve) => finish.push(resolve)));
    const second = scheduler.run("chat", cancel.signal, () => Promise.resolve(order.push("second")));
    const third = scheduler.run("chat", never, () => Promise.resolve(order.push("third")));
    cancel.abort();
    await assert.rejects(second, { name: "AbortError" });
    await tick();
    assert.deepEqual(order, []);
    await until(() => finish.length > 0);
    finish[0]?.();
    await Promise.all([first, third]);
    assert.deepEqual(order, ["third"]);
  });

  test("goes on after a request that failed", async () => {
    const scheduler = new Scheduler();
    for (const role of ["chat", "completion"] as const) {
      await assert.rejects(
        scheduler.run(role, never, () => Promise.reject(new Error("broken"))),
        /broken/,
      );
      assert.equal(await scheduler.run(role, never, () => Promise.resolve("next")), "next");
    }
  });
});

async function runUntilAborted({ signal, yieldTurn }: Turn): Promise<string> {
  while (!signal.aborted) {
    await yieldTurn();
  }
  return "stopped";
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => {
      resolve();
    });
  });
}

function tick(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await tick();
  }
}

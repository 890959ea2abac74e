/** One request in flight, the newest wins, and what is known is not asked: with a clock that the test moves. */
import * as assert from "node:assert/strict";
import { Asker } from "../../../../src/extension/inline/asker";
import { Pace } from "../../../../src/extension/inline/pace";
import { placeOf, type Candidate, type Place } from "../../../../src/extension/inline/place";
import { SuggestionCache, type Suggestion } from "../../../../src/extension/inline/suggestionCache";

interface Sent {
  readonly request: string;
  readonly signal: AbortSignal;
  readonly answer: (text: string) => Promise<void>;
  readonly fail: (error: Error) => Promise<void>;
}

/** Lets everything that is ready run. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

class Bench {
  nowMs = 0;
  speculation = false;
  readonly sent: Sent[] = [];
  readonly errors: unknown[] = [];
  readonly activity: boolean[] = [];
  readonly pace = new Pace();
  readonly asker: Asker<string>;
  private readonly timers: { atMs: number; run: () => void }[] = [];

  constructor() {
    this.asker = new Asker<string>({
      cache: new SuggestionCache(),
      pace: this.pace,
      ask: (request, signal) => this.send(request, signal),
      now: () => this.nowMs,
      wait: (ms, signal) =>
        new Promise((resolve) => {
          this.timers.push({
            atMs: this.nowMs + ms,
            run: () => {
              resolve(true);
            },
          });
          signal.addEventListener("abort", () => {
            resolve(false);
          });
          if (signal.aborted) {
            resolve(false);
          }
        }),
      speculate: (request, { text }) => (this.speculation ? request + text : undefined),
      logError: (error) => this.errors.push(error),
      onActivity: () => this.activity.push(this.asker.isAsking),
    });
  }

  /** The editor wants a suggestion at the end of a text. */
  want(text: string, more: { explicit?: boolean; debounceMs?: number } = {}) {
    const abort = new AbortController();
    const asking = { explicit: false, debounceMs: 100, signal: abort.signal, ...more };
    const result = this.asker.suggest({ place: at(text), request: text }, asking);
    return {
      result,
      cancel: () => {
        abort.abort();
      },
    };
  }

  async pass(ms: number): Promise<void> {
    await settle();
    this.nowMs += ms;
    for (const timer of this.timers.filter(({ atMs }) => atMs <= this.nowMs)) {
      timer.run();
    }
    await settle();
  }

  private send(request: string, signal: AbortSignal): Promise<readonly Candidate[]> {
    return new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => {
        reject(new Error("cancelled"));
      });
      this.sent.push({
        request,
        signal,
        answer: async (text) => {
          resolve(text === "" ? [] : [{ text, replaceAfter: 0 }]);
          await settle();
        },
        fail: async (error) => {
          reject(error);
          await settle();
        },
      });
    });
  }
}

const at = (text: string): Place => placeOf("file:///a.py", text, "");
const textOf = (suggestion: Suggestion | undefined): string | undefined => suggestion?.candidates[0]?.text;

suite("asking for suggestions", () => {
  test("waits until typing pauses, then asks once", async () => {
    const bench = new Bench();
    const { result } = bench.want("a");
    await bench.pass(99);
    assert.equal(bench.sent.length, 0);
    await bench.pass(1);
    assert.equal(bench.sent.length, 1);
    await bench.sent[0]!.answer("bc");
    assert.equal(textOf(await result), "bc");
    assert.deepEqual(bench.activity, [true, false]);
  });

  test("asks at once when the user asks for it", async () => {
    const bench = new Bench();
    void bench.want("a", { explicit: true });
    await settle();
    assert.equal(bench.sent.length, 1);
  });

  test("keys that come faster than the pause ask only once", async () => {
    const bench = new Bench();
    for (const text of ["a", "ab"]) {
      const { result, cancel } = bench.want(text);
      await bench.pass(50);
      cancel();
      assert.equal(await result, undefined);
    }
    void bench.want("abc");
    await bench.pass(100);
    assert.deepEqual(
      bench.sent.map(({ request }) => request),
      ["abc"],
    );
  });

  test("what is typed through a suggestion, and deleted again, asks nothing", async () => {
    const bench = new Bench();
    const first = bench.want("a");
    await bench.pass(100);
    await bench.sent[0]!.answer("bcd");
    await first.result;
    assert.equal(textOf(await bench.want("ab").result), "cd");
    assert.equal(textOf(await bench.want("abc").result), "d");
    assert.equal(textOf(await bench.want("a").result), "bcd");
    assert.deepEqual(bench.asker.counts, { requests: 1, cancelled: 0, reused: 3, speculative: 0 });
  });

  test("an old nothing is known, but asked again by command", async () => {
    const bench = new Bench();
    const first = bench.want("a", { explicit: true });
    await settle();
    await bench.sent[0]!.answer("");
    assert.deepEqual((await first.result)?.candidates, []);
    assert.deepEqual((await bench.want("a").result)?.candidates, []);
    void bench.want("a", { explicit: true });
    await settle();
    assert.equal(bench.sent.length, 2);
  });

  test("who asks by command after typing is not given what typing brought, and then the same again", async () => {
    const bench = new Bench();
    void bench.want("a");
    await bench.pass(100);
    void bench.want("a", { explicit: true });
    await settle();
    assert.deepEqual(
      bench.sent.map(({ signal }) => signal.aborted),
      [true, false],
    );
    await bench.sent[1]!.answer("bc");
    assert.equal(textOf(await bench.want("a", { explicit: true }).result), "bc");
    assert.equal(textOf(await bench.want("a").result), "bc");
    assert.equal(bench.sent.length, 2);
  });

  test("a new request cancels the one in flight", async () => {
    const bench = new Bench();
    const first = bench.want("a");
    await bench.pass(100);
    first.cancel();
    void bench.want("ab");
    await bench.pass(100);
    assert.deepEqual(
      bench.sent.map(({ signal }) => signal.aborted),
      [true, false],
    );
    assert.equal(bench.asker.counts.cancelled, 1);
    assert.deepEqual(bench.errors, [], "a cancelled request is no error");
  });

  test("a request is cancelled at once where the cursor has gone elsewhere", async () => {
    const bench = new Bench();
    const first = bench.want("a");
    await bench.pass(100);
    first.cancel();
    void bench.want("x");
    await settle();
    assert.ok(bench.sent[0]!.signal.aborted);
  });

  test("an answer in flight that agrees with what was typed meanwhile is narrowed", async () => {
    const bench = new Bench();
    const first = bench.want("a");
    await bench.pass(100);
    first.cancel();
    const second = bench.want("ab");
    await bench.pass(50);
    await bench.sent[0]!.answer("bcd");
    assert.equal(textOf(await second.result), "cd");
    assert.equal(bench.sent.length, 1);
  });

  test("an answer in flight that disagrees costs no more than the pause", async () => {
    const bench = new Bench();
    const first = bench.want("a");
    await bench.pass(100);
    first.cancel();
    const second = bench.want("ab");
    await bench.pass(50);
    await bench.sent[0]!.answer("xyz");
    assert.equal(bench.sent.length, 1, "the pause is not over");
    await bench.pass(50);
    assert.equal(bench.sent[1]?.request, "ab");
    await bench.sent[1].answer("!");
    assert.equal(textOf(await second.result), "!");
  });

  test("an answer that is nearly there is waited for instead of asking anew", async () => {
    const bench = new Bench();
    bench.pace.answered(300);
    const first = bench.want("a");
    await bench.pass(100);
    await bench.pass(100);
    first.cancel();
    const second = bench.want("ab");
    await bench.pass(100);
    assert.equal(bench.sent.length, 1, "200 of about 300 ms are over");
    await bench.sent[0]!.answer("bcd");
    assert.equal(textOf(await second.result), "cd");
  });

  test("the same place joins the request in flight", async () => {
    const bench = new Bench();
    const first = bench.want("a");
    await bench.pass(100);
    first.cancel();
    const again = bench.want("a");
    await bench.sent[0]!.answer("bc");
    assert.equal(textOf(await again.result), "bc");
    assert.equal(bench.sent.length, 1);
  });

  test("a request that nobody asks for any more is cancelled", async () => {
    const bench = new Bench();
    const first = bench.want("a");
    await bench.pass(100);
    first.cancel();
    assert.equal(await first.result, undefined);
    assert.ok(!bench.sent[0]!.signal.aborted, "the editor may want something that agrees");
    await bench.pass(200);
    assert.ok(bench.sent[0]!.signal.aborted);
    assert.equal(bench.asker.isAsking, false);
  });

  test("a failure is logged, shows nothing and is not remembered", async () => {
    const bench = new Bench();
    const first = bench.want("a");
    await bench.pass(100);
    await bench.sent[0]!.fail(new Error("no"));
    assert.equal(await first.result, undefined);
    assert.equal(bench.errors.length, 1);
    void bench.want("a");
    await bench.pass(100);
    assert.equal(bench.sent.length, 2);
  });

  test("disposing cancels", async () => {
    const bench = new Bench();
    void bench.want("a");
    await bench.pass(100);
    bench.asker.dispose();
    assert.ok(bench.sent[0]!.signal.aborted);
  });

  suite("preparing what follows", () => {
    async function shown(bench: Bench): Promise<void> {
      bench.speculation = true;
      const { result } = bench.want("a");
      await bench.pass(100);
      await bench.sent[0]!.answer("bc");
      await result;
    }

    test("happens when nothing else does, and accepting shows it at once", async () => {
      const bench = new Bench();
      await shown(bench);
      await bench.pass(249);
      assert.equal(bench.sent.length, 1);
      await bench.pass(1);
      assert.equal(bench.sent[1]?.request, "abc");
      assert.equal(bench.asker.isAsking, false, "nobody waits for it");
      await bench.sent[1].answer("de");
      assert.equal(textOf(await bench.want("abc").result), "de");
      assert.deepEqual(bench.asker.counts, { requests: 2, cancelled: 0, reused: 1, speculative: 1 });
    });

    test("goes on while the suggestion is typed through, and is joined when it is accepted", async () => {
      const bench = new Bench();
      await shown(bench);
      await bench.pass(250);
      assert.equal(textOf(await bench.want("ab").result), "c");
      const accepted = bench.want("abc");
      await bench.pass(100);
      assert.equal(bench.sent.length, 2);
      await bench.sent[1]!.answer("de");
      assert.equal(textOf(await accepted.result), "de");
    });

    test("is put off by typing, and cancelled where typing goes elsewhere", async () => {
      const bench = new Bench();
      await shown(bench);
      await bench.pass(200);
      await bench.want("ab").result;
      await bench.pass(200);
      assert.equal(bench.sent.length, 1);
      await bench.pass(50);
      assert.equal(bench.sent.length, 2);
      void bench.want("ax");
      await settle();
      assert.ok(bench.sent[1]!.signal.aborted);
    });

    test("does not happen where it is not allowed", async () => {
      const bench = new Bench();
      await shown(bench);
      bench.speculation = false;
      await bench.pass(250);
      assert.equal(bench.sent.length, 1);
    });
  });
});

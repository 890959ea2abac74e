/** The context meter: it asks after a pause, one question at a time, and never while an answer is being written. */
import * as assert from "node:assert/strict";
import { ContextMeter } from "../../../../src/extension/chat/contextMeter";
import type { TokenCounts } from "../../../../src/protocol/engine";

function counts(promptTokens: number): TokenCounts {
  return { contextTokens: 100, answerTokens: 25, promptTokens, droppedPairs: 0, attachmentTokens: [], tooLong: false };
}

interface Asked {
  readonly content: string;
  readonly signal: AbortSignal;
  readonly answer: (counts: TokenCounts | null) => void;
}

function setUp(): {
  meter: ContextMeter;
  told: (TokenCounts | undefined)[];
  errors: unknown[];
  state: { isAnswering: boolean; fails: boolean };
  nextAsked: () => Promise<Asked>;
  /** When it looks whether an answer is being written. */
  nextLook: () => Promise<void>;
  asked: Asked[];
} {
  const told: (TokenCounts | undefined)[] = [];
  const errors: unknown[] = [];
  const asked: Asked[] = [];
  const state = { isAnswering: false, fails: false };
  let onLook: () => void = () => undefined;
  const nextLook = (): Promise<void> => new Promise((resolve) => (onLook = resolve));
  let onAsked: (asked: Asked) => void = () => undefined;
  const meter = new ContextMeter({
    count: ({ turns }, signal) =>
      new Promise((resolve, reject) => {
        const one = { content: turns.at(-1)?.content ?? "", signal, answer: resolve };
        asked.push(one);
        if (state.fails) {
          reject(new Error("the process died"));
        }
        onAsked(one);
      }),
    questionWith: (draft) => ({ turns: [{ role: "user", content: draft }] }),
    isAnswering: () => {
      onLook();
      return state.isAnswering;
    },
    tell: (usage) => told.push(usage),
    logError: (error) => errors.push(error),
  });
  const nextAsked = (): Promise<Asked> => new Promise((resolve) => (onAsked = resolve));
  return { meter, told, errors, state, nextAsked, nextLook, asked };
}

async function microtasks(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

suite("context meter", () => {
  test("keys that follow each other are one question, with what stands there last", async () => {
    const { meter, told, nextAsked, asked } = setUp();
    for (const draft of ["a", "ab", "abc"]) {
      meter.setDraft(draft);
    }
    const question = await nextAsked();
    assert.equal(question.content, "abc");
    question.answer(counts(7));
    await microtasks();
    assert.deepEqual(told, [counts(7)]);
    assert.equal(asked.length, 1);
    meter.dispose();
  });

  test("a count that is overtaken is aborted and not shown", async () => {
    const { meter, told, nextAsked } = setUp();
    meter.setDraft("old");
    const old = await nextAsked();
    meter.setDraft("new");
    assert.ok(old.signal.aborted);
    old.answer(counts(1));
    (await nextAsked()).answer(counts(2));
    await microtasks();
    assert.deepEqual(told, [counts(2)]);
    meter.dispose();
  });

  test("without a model nothing is known", async () => {
    const { meter, told, nextAsked } = setUp();
    meter.refresh();
    (await nextAsked()).answer(null);
    await microtasks();
    assert.deepEqual(told, [undefined]);
    meter.dispose();
  });

  test("nothing is counted while an answer is written, until its end refreshes", async () => {
    const { meter, nextAsked, nextLook, asked, state } = setUp();
    state.isAnswering = true;
    const looked = nextLook();
    meter.setDraft("a");
    await looked;
    await microtasks();
    assert.equal(asked.length, 0);
    state.isAnswering = false;
    meter.refresh();
    (await nextAsked()).answer(counts(1));
    meter.dispose();
  });

  test("a count that fails is logged", async () => {
    const { meter, told, errors, nextAsked, state } = setUp();
    state.fails = true;
    meter.refresh();
    await nextAsked();
    await microtasks();
    assert.deepEqual([told.length, errors.length], [0, 1]);
    meter.dispose();
  });
});

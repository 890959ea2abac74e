/** What happens to a request whose process dies. */
import * as assert from "node:assert/strict";
import { ConnectionLost, askAgainOnce } from "../../../../src/extension/engine/connectionLost";

const never = new AbortController().signal;
const unexpected = (): void => {
  assert.fail("nothing should be asked again");
};

/** Answers call by call; an error is thrown. */
function script(...steps: (string | Error)[]): { ask: () => Promise<string>; asked: () => number } {
  let asked = 0;
  const ask = (): Promise<string> => {
    const step = steps[asked++];
    return step instanceof Error ? Promise.reject(step) : Promise.resolve(step ?? "");
  };
  return { ask, asked: () => asked };
}

suite("asking again", () => {
  test("an answer is passed on and nothing is asked again", async () => {
    const { ask, asked } = script("answer");
    assert.equal(await askAgainOnce(ask, unexpected, never), "answer");
    assert.equal(asked(), 1);
  });

  test("a lost connection is told, and the question asked once more", async () => {
    let told = 0;
    const { ask } = script(new ConnectionLost(), "answer");
    assert.equal(await askAgainOnce(ask, () => told++, never), "answer");
    assert.equal(told, 1);
  });

  test("the second loss is thrown", async () => {
    const { ask, asked } = script(new ConnectionLost(), new ConnectionLost(), "answer");
    await assert.rejects(
      askAgainOnce(ask, () => undefined, never),
      ConnectionLost,
    );
    assert.equal(asked(), 2);
  });

  test("any other error is thrown at once", async () => {
    const { ask, asked } = script(new TypeError("x"), "answer");
    await assert.rejects(askAgainOnce(ask, unexpected, never), TypeError);
    assert.equal(asked(), 1);
  });

  test("what was stopped is not asked again", async () => {
    const { ask, asked } = script(new ConnectionLost(), "answer");
    await assert.rejects(askAgainOnce(ask, unexpected, AbortSignal.abort()), ConnectionLost);
    assert.equal(asked(), 1);
  });
});

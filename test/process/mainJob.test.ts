/** What `npm start -- --terminal` prints, with the model that is in the repository in the place of the one that it fetches. */
import assert from "node:assert/strict";
import { doMainJob } from "../../scripts/terminal";
import { tinyCodeModelPath } from "../support/models";

suite("the main job in a terminal", () => {
  test("is a completion, an explanation and an answer, each with its figures", async function () {
    this.timeout(120_000);
    let printed = "";
    const texts = await doMainJob({ modelPath: tinyCodeModelPath, maxTokens: 30, temperature: 0 }, (text) => {
      printed += text;
    });
    assert.equal(texts.length, 3);
    for (const text of texts) {
      assert.notEqual(text.trim(), "");
      assert.ok(printed.includes(text), text);
    }
    assert.equal(printed.match(/\[llama2-tiny-code\S* on CPU: \d+ prompt tokens .* tokens\/s\]/g)?.length, 3);
  });
});

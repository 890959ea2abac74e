import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../../../scripts/command";
import { estimateTokens } from "../../../src/base/estimateTokens";
import { metaVocabularyOrSkip } from "../../support/vocabularies";

suite("estimated tokens", () => {
  test("nothing is nothing, and what stands together adds up", () => {
    assert.equal(estimateTokens(""), 0);
    const text = "def f(x):\n    return x + 1\n";
    assert.equal(estimateTokens(text + text), 2 * estimateTokens(text));
  });

  test("code and prose have a little fewer tokens than estimated", async function () {
    const vocabulary = await metaVocabularyOrSkip(this, "llama2-vocab");
    for (const file of ["samples/workspace/knn.py", "src/webview/chat.css", "README.md", "package.nls.json"]) {
      const text = readFileSync(path.join(projectRoot, file), "utf8").slice(0, 20_000);
      const ratio = estimateTokens(text) / vocabulary.tokenize(text).length;
      assert.ok(ratio > 1 && ratio < 1.4, `${file}: ${ratio}`);
    }
  });
});

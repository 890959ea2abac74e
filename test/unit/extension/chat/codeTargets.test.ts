/** Which files a code block may be for, and the language of a file that is made of it. */
import * as assert from "node:assert/strict";
import { languageIdOfFence } from "../../../../src/extension/chat/fenceLanguage";

suite("the language of a code fence", () => {
  const known = ["python", "shellscript", "typescriptreact", "cpp", "plaintext", "zig"];
  const cases: [fence: string, id: string][] = [
    ["python", "python"],
    ["Py", "python"],
    ["bash", "shellscript"],
    ["tsx", "typescriptreact"],
    ["c++", "cpp"],
    ["zig", "zig"],
    ["", "plaintext"],
    ["klingon", "plaintext"],
  ];
  for (const [fence, id] of cases) {
    test(`"${fence}" is ${id}`, () => {
      assert.equal(languageIdOfFence(fence, known), id);
    });
  }
});

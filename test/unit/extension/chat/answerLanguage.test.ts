import * as assert from "node:assert/strict";
import { answerLanguageOf, inLanguage } from "../../../../src/extension/chat/answerLanguage";

suite("the language of answers", () => {
  const cases: [setting: string, display: string, wanted: string | undefined][] = [
    ["auto", "en", undefined],
    ["auto", "en-GB", undefined],
    ["auto", "es", "Spanish"],
    ["", "de", "German"],
    ["es", "en", "Spanish"],
    ["pt-br", "en", "Brazilian Portuguese"],
    ["en", "es", undefined],
    ["English", "es", undefined],
    ["simple Catalan", "en", "simple Catalan"],
  ];
  for (const [setting, display, wanted] of cases) {
    test(`"${setting}" in a VS Code in "${display}" is ${wanted ?? "English, without a word"}`, () => {
      assert.equal(answerLanguageOf(setting, display), wanted);
    });
  }

  test("goes to the end of the system prompt, or is one", () => {
    const question = { role: "user", content: "hi" } as const;
    assert.deepEqual(inLanguage([question], undefined), [question]);
    assert.deepEqual(inLanguage([question], "Spanish"), [
      { role: "system", content: "Answer in Spanish. Leave code as it is." },
      question,
    ]);
    assert.deepEqual(inLanguage([{ role: "system", content: "Be brief." }, question], "Spanish"), [
      { role: "system", content: "Be brief.\n\nAnswer in Spanish. Leave code as it is." },
      question,
    ]);
  });
});

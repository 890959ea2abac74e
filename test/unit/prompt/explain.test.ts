import assert from "node:assert/strict";
import { explainQuestion } from "../../../src/prompt/explain";

const code = {
  uri: "file:///a.py",
  languageId: "python",
  range: { start: { line: 8, character: 0 }, end: { line: 10, character: 4 } },
  text: "def f():\n\n    x",
};

suite("the question of an explanation", () => {
  test("numbers the lines as the file does", () => {
    assert.equal(explainQuestion(code).attachments?.[0]?.text, " 9 | def f():\n10 |\n11 |     x");
  });

  test("asks for as much as the level says", () => {
    assert.match(explainQuestion(code, { level: "brief" }).content, /two or three sentences/);
    assert.match(explainQuestion(code, { level: "lineByLine" }).content, /line by line/);
    assert.match(explainQuestion(code).content, /step by step/);
  });

  test("carries problems with their lines, and declarations as code of their own", () => {
    const { content, attachments } = explainQuestion(code, {
      problems: [{ line: 10, severity: "error", message: "x is\n  not defined", source: "pylance" }],
      declarations: [{ name: "g", uri: "file:///g.py", text: "def g(): ..." }],
    });
    assert.match(content, /- Line 11, error \(pylance\): x is not defined/);
    assert.deepEqual(attachments?.[1], { uri: "file:///g.py", languageId: "python", text: "def g(): ..." });
  });

  test("about a problem asks what it means and how to fix it", () => {
    const about = { line: 10, severity: "warning", message: "unused", source: "" } as const;
    const { content } = explainQuestion(code, { about });
    assert.match(content, /^Explain this problem in the code:\n- Line 11, warning: unused\n/);
  });
});

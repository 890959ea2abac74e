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

  test("what the user wants to know is said, and what else is attached comes before the declarations", () => {
    const readme = { uri: "file:///README.md", languageId: "markdown", text: "# F" };
    const declarations = [{ name: "g", uri: "file:///g.py", text: "def g(): ..." }];
    const { content, attachments } = explainQuestion(code, { request: "is it quick?", declarations }, [readme]);
    assert.match(content, /^Explain this code\.[^]*\n\nAnswer this about it in particular: is it quick\?\n/);
    assert.match(content, /The last 1 pieces of code declare what it uses/);
    assert.deepEqual(
      attachments?.slice(1).map(({ uri }) => uri),
      ["file:///README.md", "file:///g.py"],
    );
  });
});

/** Code becomes lines of tokens whose text is exactly the code. */
import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { highlightLines, languageOf, type CodeLine } from "../../../src/webview/highlight";
import { createHighlighter } from "../../../src/webview/languages";

const engine = createHighlighter();

function textOf(lines: readonly CodeLine[]): string {
  return lines.map((line) => line.map(({ text }) => text).join("")).join("\n");
}

suite("highlighted code", () => {
  test("tokens have highlight.js's classes", () => {
    assert.deepEqual(highlightLines(engine, "def f():\n  return 1", "python"), [
      [
        { text: "def", className: "hljs-keyword" },
        { text: " ", className: "" },
        { text: "f", className: "hljs-title function_" },
        { text: "():", className: "" },
      ],
      [
        { text: "  ", className: "" },
        { text: "return", className: "hljs-keyword" },
        { text: " ", className: "" },
        { text: "1", className: "hljs-number" },
      ],
    ]);
  });

  test("a token over several lines is coloured on each", () => {
    const lines = highlightLines(engine, '"""a\nb"""', "python");
    assert.deepEqual(
      lines.map((line) => line.map(({ className }) => className)),
      [["hljs-string"], ["hljs-string"]],
    );
  });

  test("the text is the code, whatever it is and in whatever language", () => {
    const language = fc.constantFrom("python", "js", "html", "cpp", "bash", "json", "markdown", "no-such-language");
    const code = fc.string({
      unit: fc.constantFrom("a", "<", ">", "&", '"', "'", "`", "\n", " ", "/*", "//", "${", "}", "&amp;"),
    });
    fc.assert(
      fc.property(code, language, (source, name) => {
        assert.equal(textOf(highlightLines(engine, source, name)), source);
      }),
    );
  });

  test("an unknown language and very long code have no colours", () => {
    assert.deepEqual(highlightLines(engine, "return 1", "klingon"), [[{ text: "return 1", className: "" }]]);
    const long = "return 1\n".repeat(10_000);
    assert.ok(highlightLines(engine, long, "python").every((line) => line.every(({ className }) => className === "")));
  });

  test("languages have the names that models use for them", () => {
    for (const name of [
      "py",
      "js",
      "ts",
      "tsx",
      "jsx",
      "sh",
      "c++",
      "c#",
      "cs",
      "html",
      "yml",
      "rb",
      "rs",
      "golang",
      "kt",
    ]) {
      assert.notEqual(engine.getLanguage(name), undefined, name);
    }
    for (const id of [
      "typescriptreact",
      "javascriptreact",
      "shellscript",
      "csharp",
      "cpp",
      "php",
      "sql",
      "swift",
      "lua",
    ]) {
      assert.notEqual(engine.getLanguage(id), undefined, id);
    }
  });

  test("the language is the first word after the fence", () => {
    const cases = {
      Python: "python",
      "python:knn.py": "python",
      "{.js}": "js",
      "c++": "c++",
      "c#": "c#",
      "": "",
      "  ": "",
    };
    for (const [info, language] of Object.entries(cases)) {
      assert.equal(languageOf(info), language);
    }
  });
});

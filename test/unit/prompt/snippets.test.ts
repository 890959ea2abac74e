import * as assert from "node:assert/strict";
import { snippetsHeader } from "../../../src/prompt/snippets";

const always = (): boolean => true;

suite("Snippets of other files", () => {
  test("are comments of the language under their paths, before the path of the document", () => {
    assert.equal(
      snippetsHeader(
        [{ path: "lib/a.py", text: "def a():\n\n    pass" }],
        { path: "b.py", languageId: "python" },
        always,
      ),
      "# Path: lib/a.py\n# def a():\n#\n#     pass\n# Path: b.py\n",
    );
    assert.match(
      snippetsHeader([{ path: "a.ts", text: "let a;" }], { path: "b.ts", languageId: "typescript" }, always),
      /^\/\/ Path: a\.ts\n\/\/ let a;\n\/\/ Path: b\.ts\n$/,
    );
  });

  test("never end the comment they stand in", () => {
    const snippets = [
      { path: "a.html", text: "<!-- x --><p>" },
      { path: "b.html", text: "<b>" },
    ];
    assert.equal(
      snippetsHeader(snippets, { path: "c.html", languageId: "html" }, always),
      "<!-- Path: b.html\n<b> -->\n<!-- Path: c.html -->\n",
    );
  });

  test("that matter less are left out until the others fit; without any there is no header", () => {
    const snippets = [
      { path: "a", text: "1".repeat(50) },
      { path: "b", text: "2".repeat(20) },
    ];
    const header = (characters: number): string =>
      snippetsHeader(snippets, { path: "c", languageId: "go" }, ({ length }) => length <= characters);
    assert.match(header(200), /^\/\/ Path: a\n/);
    assert.match(header(70), /^\/\/ Path: b\n/);
    assert.equal(header(30), "");
  });
});

import assert from "node:assert/strict";
import { TextDocument } from "vscode-languageserver-textdocument";
import { symbolsNear } from "../../../../src/server/context/symbols";

/** The names near the cursor, which is the line with `‸`. */
function names(text: string, languageId = "python"): string[] {
  const line = text.slice(0, text.indexOf("‸")).split("\n").length - 1;
  const document = TextDocument.create("file:///a", languageId, 1, text.replace("‸", ""));
  const symbols = symbolsNear(document, line);
  for (const { name, position } of symbols) {
    const end = { line: position.line, character: position.character + name.length };
    assert.equal(document.getText({ start: position, end }), name, "the position is the name's");
  }
  return symbols.map(({ name }) => name);
}

suite("the names near a place", () => {
  test("are those of code, each once, the nearest first and those above before those below", () => {
    const text = 'first = make("text")  # comment\nsecond = first\n‸\nthird(second)\n';
    assert.deepEqual(names(text), ["first", "second", "make", "third"]);
  });

  test("leave out keywords and short names", () => {
    assert.deepEqual(names("for x in values:\n    return await load(x)‸"), ["load", "values"]);
  });

  test("end with what the file imports, also over several lines", () => {
    const text = `import { alpha, beta } from "./letters";\nimport {\n  gamma,\n} from "./more";\n${"\n".repeat(60)}omega();‸`;
    assert.deepEqual(names(text, "typescript"), ["omega", "alpha", "beta", "gamma"]);
  });

  test("are never more than sixteen, six of them imported", () => {
    const imports = `from letters import ${Array.from({ length: 20 }, (_, index) => `imported${String(index)}`).join(", ")}\n`;
    const near = Array.from({ length: 20 }, (_, index) => `near${String(index)} = 1`).join("\n");
    const all = names(`${imports}${"\n".repeat(60)}${near}‸`);
    assert.equal(all.length, 16);
    assert.equal(all.filter((name) => !name.startsWith("near")).length, 6);
    assert.equal(all[0], "near19");
  });

  test("have the positions of the editor in a CRLF document", () => {
    assert.deepEqual(names("first = 1\r\nsecond = first‸\r\n"), ["first", "second"]);
  });
});

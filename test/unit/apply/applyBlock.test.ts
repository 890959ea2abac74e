import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { applyBlock, type Applied } from "../../../src/apply/applyBlock";

const CASES = new URL("../../fixtures/apply/", import.meta.url);

/** Each file: "=== old", "=== block", "=== new", each with its text; "(noPlace: unknown)" and the like for no text. */
function readCase(name: string): { old: string; block: string; wanted: string } {
  const [, old, block, wanted] = readFileSync(new URL(name, CASES), "utf8").split(/^=== \w+\n/m);
  assert.ok(old !== undefined && block !== undefined && wanted !== undefined, `${name} has three parts`);
  return { old, block, wanted };
}

function shown(applied: Applied, old: string): string {
  switch (applied.kind) {
    case "applied":
      return applied.text;
    case "unchanged":
      return old;
    case "noPlace":
      return `(noPlace: ${applied.reason})\n`;
  }
}

suite("applying a block to a file", () => {
  for (const name of readdirSync(CASES)) {
    test(name.replace(/-/g, " ").replace(/\.txt$/, ""), () => {
      const { old, block, wanted } = readCase(name);
      assert.equal(shown(applyBlock({ old, block }), old), wanted);
    });
  }

  test("line ends, the missing one at the end, and tabs stay the file's", () => {
    const old = "function a() {\r\n\treturn 1;\r\n}\r\n\r\nfunction b() {\r\n\treturn 2;\r\n}";
    const block = "function a() {\n    if (x) {\n        return 3;\n    }\n    return 1;\n}\n";
    const applied = applyBlock({ old, block });
    assert.equal(
      shown(applied, old),
      "function a() {\r\n\tif (x) {\r\n\t\treturn 3;\r\n\t}\r\n\treturn 1;\r\n}\r\n\r\nfunction b() {\r\n\treturn 2;\r\n}",
    );
  });

  test("mixed line ends stay as they are outside of what changes", () => {
    const old = "a = 1\r\nb = 2\n\ndef f():\n    return 1\n\ndef g():\r\n    return 2\r\n";
    const applied = applyBlock({ old, block: "def f():\r\n    return 3" });
    assert.equal(shown(applied, old), old.replace("return 1", "return 3"));
  });

  test("a file without text becomes the block", () => {
    assert.deepEqual(applyBlock({ old: "", block: "a = 1\n" }), { kind: "applied", text: "a = 1\n" });
    assert.deepEqual(applyBlock({ old: "\n", block: "a = 1" }), { kind: "applied", text: "a = 1\n" });
  });

  test("what the file has already changes nothing", () => {
    const old = "def f():\n    return 1\n\n\ndef g():\n    return 2\n";
    assert.deepEqual(applyBlock({ old, block: "def g():\n  return 2" }), { kind: "unchanged" });
  });

  test("a line that the question was about decides between equal places", () => {
    const { old, block } = readCase("js-two-classes-same-method.txt");
    const applied = applyBlock({ old, block, near: 8 });
    const at = old.lastIndexOf("this.x = 0");
    assert.equal(shown(applied, old), `${old.slice(0, at)}this.x = 1${old.slice(at + "this.x = 0".length)}`);
  });

  test("what no person writes is refused in time", () => {
    const endless = "x".repeat(2_000_001);
    assert.deepEqual(applyBlock({ old: endless, block: "x" }), { kind: "noPlace", reason: "tooLarge" });
    const deep = Array.from({ length: 20_000 }, (_, depth) => `${" ".repeat(Math.min(depth, 400))}if a:`).join("\n");
    assert.doesNotThrow(() => applyBlock({ old: deep, block: "if a:\n  b()" }));
  });
});

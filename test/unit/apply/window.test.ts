/** Pieces of files with a line or two changed, wherever they begin and end. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import * as fc from "fast-check";
import { applyBlock, type Applied } from "../../../src/apply/applyBlock";
import { nameOf } from "../../../src/apply/names";

const SOURCES = new URL("../../../src/", import.meta.url);
const RUNS = 1_000;

const COMPONENT = `import { html, LitElement } from "lit";

export class Counter extends LitElement {
  static properties = { count: { type: Number } };

  constructor() {
    super();
    this.count = 0;
  }

  render() {
    return html\`<div class="counter">
      <p>Count: \${this.count}</p>
      <button @click=\${this.add}>Add</button>
      <button @click=\${this.reset}>Reset</button>
    </div>\`;
  }

  add() {
    this.count += 1;
  }

  reset() {
    this.count = 0;
  }
}
`;
const OLD_BUTTON = "<button @click=${this.add}>Add</button>";
const NEW_BUTTON = '<button class="add" @click=${this.add}>Add one</button>';
const CHANGED = COMPONENT.replace(OLD_BUTTON, NEW_BUTTON);

function linesOf(text: string, first: string, last: string): string[] {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.includes(first));
  const length = lines.slice(start).findIndex((line) => line.includes(last)) + 1;
  assert.ok(start >= 0 && length > 0);
  return lines.slice(start, start + length);
}

/** Each is a version of the template above that a model may answer with. */
const SHAPES: Readonly<Record<string, readonly string[]>> = {
  "the statement that returns it": linesOf(CHANGED, "return html", "</div>`"),
  "the statement from its first word on": linesOf(CHANGED, "return html", "</div>`").map((line, index) =>
    index === 0 ? line.trimStart() : line,
  ),
  "the statement at the margin": linesOf(CHANGED, "return html", "</div>`").map((line) => line.slice(4)),
  "the statement and what closes the method": linesOf(CHANGED, "return html", "  }"),
  "the method": linesOf(CHANGED, "  render()", "  }"),
  "the method at the margin": linesOf(CHANGED, "  render()", "  }").map((line) => line.slice(2)),
  "the beginning of the template, which does not end": linesOf(CHANGED, "return html", "Reset"),
  "lines in the middle of the template": linesOf(CHANGED, "<p>", "Reset"),
  "the end of one method and the beginning of the next": linesOf(CHANGED, "<p>", "add() {"),
  "the class with the other methods left out": [
    "export class Counter extends LitElement {",
    "  // ... existing code ...",
    ...linesOf(CHANGED, "  render()", "  }"),
    "  // ... existing code ...",
    "}",
  ],
};

function textOf(applied: Applied): string {
  return applied.kind === "applied" ? applied.text : applied.kind;
}

interface Piece {
  readonly lines: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly changed: readonly number[];
  readonly margin: "kept" | "cut" | "none";
}

const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => readFileSync(new URL(name, SOURCES), "utf8").split("\n"));

const pieces = fc
  .record({
    lines: fc.constantFrom(...files),
    start: fc.nat(),
    length: fc.integer({ min: 3, max: 30 }),
    changed: fc.array(fc.nat(), { minLength: 1, maxLength: 2 }),
    margin: fc.constantFrom("kept" as const, "cut" as const, "none" as const),
  })
  .map(({ lines, start: anywhere, length, changed, margin }): Piece => {
    const start = anywhere % Math.max(1, lines.length - 3);
    const end = Math.min(start + length, lines.length - 1);
    // the first and the last line stay: where they are others, nobody could say where the piece belongs
    return { lines, start, end, changed: changed.map((at) => start + 1 + (at % (end - start - 2))), margin };
  })
  .filter(({ lines, start, end, changed }) => {
    const words = lines.slice(start, end).filter((line) => /\w{2}/.test(line));
    const isUsual = changed.every((at) => /\w{4}/.test(lines[at] ?? "") && changeIn(lines[at] ?? "") !== lines[at]);
    return words.length >= 4 && isUsual && lines[start] !== "" && lines[end - 1] !== "";
  });

/** Another value or argument; under another name it could be a new thing beside the old one. */
function changeIn(line: string): string {
  const name = nameOf(line.trim(), /[{(]$/.test(line) ? "}" : undefined)?.text ?? "";
  const words = [...line.matchAll(/\w{4,}/g)].filter(([word]) => !name.includes(word));
  const word = words.at(-1);
  return word === undefined ? line : `${line.slice(0, word.index)}other${line.slice(word.index)}`;
}

function blockOf(lines: readonly string[], margin: Piece["margin"]): string {
  const least = Math.min(...lines.filter((line) => line !== "").map((line) => line.search(/\S/)));
  switch (margin) {
    case "kept":
      return lines.join("\n");
    case "cut":
      return [lines[0]?.trimStart() ?? "", ...lines.slice(1)].join("\n");
    case "none":
      return lines.map((line) => line.slice(least)).join("\n");
  }
}

suite("applying a piece that begins and ends anywhere", function () {
  this.timeout(60_000);

  for (const [shape, lines] of Object.entries(SHAPES)) {
    test(`a template in a component: ${shape}`, () => {
      assert.equal(textOf(applyBlock({ old: COMPONENT, block: lines.join("\n") })), CHANGED);
    });
  }

  test("a new method that looks like the one before it does not come in its place", () => {
    const block = "  subtract() {\n    this.count -= 1;\n  }";
    const wanted = COMPONENT.replace("  reset() {", `${block.trimStart().replace(/^/, "  ")}\n\n  reset() {`);
    const text = textOf(applyBlock({ old: COMPONENT, block }));
    assert.ok(text === "noPlace" || (text.includes("add() {") && text.includes("subtract() {")), `${text}\n${wanted}`);
  });

  test("two pieces that are alike are told apart by the line that was asked about, else refused", () => {
    const old = "if (a) {\n  one();\n  two();\n}\nmiddle();\nif (a) {\n  one();\n  two();\n}\n";
    const block = "  one();\n  two(1);\n}";
    assert.deepEqual(applyBlock({ old, block }), { kind: "noPlace", reason: "ambiguous" });
    assert.equal(
      textOf(applyBlock({ old, block, near: 6 })),
      "if (a) {\n  one();\n  two();\n}\nmiddle();\nif (a) {\n  one();\n  two(1);\n}\n",
    );
  });

  test("of this project's files: just those lines are others, or it is refused", () => {
    let refused = 0;
    fc.assert(
      fc.property(pieces, ({ lines, start, end, changed, margin }) => {
        const wanted = lines.map((line, index) => (changed.includes(index) ? changeIn(line) : line));
        const block = blockOf(wanted.slice(start, end), margin);
        const applied = applyBlock({ old: lines.join("\n"), block, near: start });
        refused += applied.kind === "noPlace" ? 1 : 0;
        assert.ok(applied.kind === "noPlace" || textOf(applied) === wanted.join("\n"), block);
      }),
      { numRuns: RUNS },
    );
    assert.ok(refused < RUNS / 50, `${String(refused)} of ${String(RUNS)} refused`);
  });
});

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import * as fc from "fast-check";
import { applyBlock } from "../../../src/apply/applyBlock";
import { linesOf } from "../../../src/apply/source";
import { parseUnits, type Unit } from "../../../src/apply/units";

const SOURCES = new URL("../../../src/", import.meta.url);
/** Pieces of a file that are tried, evenly spread. */
const TRIED = 6;

interface File {
  readonly name: string;
  readonly text: string;
  /** With their line ends. */
  readonly lines: readonly string[];
  readonly units: readonly Unit[];
}

const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.(?:ts|css)$/.test(name))
  .map((name): File => {
    const text = readFileSync(new URL(name, SOURCES), "utf8");
    const lines = linesOf(text);
    return { name, text, lines: lines.map(({ raw }) => raw), units: parseUnits(lines, () => false) };
  });

function deepUnits(units: readonly Unit[]): Unit[] {
  return units.flatMap((unit) => [unit, ...unit.segments.flatMap(({ body }) => deepUnits(body))]);
}

function spread<T>(values: readonly T[]): T[] {
  const step = Math.max(1, Math.floor(values.length / TRIED));
  return values.filter((_, index) => index % step === 0).slice(0, TRIED);
}

/** The text after applying; the file's own where the piece fits several places. */
function applied(file: File, block: string): string {
  const result = applyBlock({ old: file.text, block });
  if (result.kind === "noPlace" && result.reason !== "ambiguous") {
    assert.fail(`no place in ${file.name}: ${result.reason}\n${block}`);
  }
  return result.kind === "applied" ? result.text : file.text;
}

suite("applying a block to a file, over this project's sources", function () {
  this.timeout(60_000); // hundreds of files and pieces on a busy machine

  test("the whole new file gives exactly it", () => {
    for (const file of files.filter(({ lines }) => lines.length > 6)) {
      for (const at of spread(Array.from(file.lines.keys()).slice(2, -2))) {
        const line = (file.lines[at] ?? "").replace(/\S.*/, "changed(here);");
        const changed = [file.lines.toSpliced(at, 1), file.lines.toSpliced(at, 0, line), file.lines.with(at, line)];
        changed.forEach((lines) => {
          assert.equal(applied(file, lines.join("")), lines.join(""), `${file.name}:${String(at + 1)}`);
        });
      }
    }
  });

  test("a piece that is the same changes nothing, however deep it stands", () => {
    for (const file of files) {
      const pieces = deepUnits(file.units).filter(({ kind, head, end }) => kind === "code" && end - head > 3);
      for (const { start, end } of spread(pieces)) {
        const lines = file.lines.slice(start, end);
        const margin = Math.min(...lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/)));
        assert.equal(applied(file, lines.join("")), file.text, file.name);
        assert.equal(
          applied(file, lines.map((line) => line.slice(Math.min(margin, line.search(/\S|$/)))).join("")),
          file.text,
        );
      }
    }
  });

  test("definitions that are left out with a comment are all still there", () => {
    for (const file of files.filter(({ units }) => units.length >= 4)) {
      for (const [first, last] of [
        [1, -1],
        [0, -1],
        [1, file.units.length],
      ] as const) {
        const left = file.units.slice(first, last);
        const from = left[0]?.start ?? 0;
        const to = left.at(-1)?.end ?? 0;
        if (file.lines.length - (to - from) < 6) {
          continue; // too little is shown to find its place
        }
        const mark = file.name.endsWith(".css") ? "/* ... existing styles ... */\n" : "// ... existing code ...\n";
        const block = [...file.lines.slice(0, from), mark, ...file.lines.slice(to)].join("");
        assert.equal(applied(file, block), file.text, file.name);
      }
    }
  });
});

suite("applying any block to any file", () => {
  const words = [
    "a",
    "b();",
    "if x:",
    "}",
    "{",
    "(",
    ")",
    "//",
    "# ...",
    "...",
    "/*",
    "*/",
    '"""',
    "class A {",
    "import a",
    "\r\n",
    "\n",
    "\n\n",
    "\t",
    "    ",
    "é😀",
  ];
  const text = fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((parts) => parts.join(""));

  test("never throws, and says the same twice", () => {
    fc.assert(
      fc.property(text, text, (old, block) => {
        assert.deepEqual(applyBlock({ old, block }), applyBlock({ old, block }));
      }),
      { numRuns: 2000 },
    );
  });

  test("leaves line ends as they are", () => {
    fc.assert(
      fc.property(text, text, (old, block) => {
        const lines = (of: string): string => of.replace(/\r\n|\r/g, "\n");
        const applied = applyBlock({ old: `a\n${lines(old)}`, block });
        assert.ok(applied.kind !== "applied" || !applied.text.includes("\r"));
      }),
      { numRuns: 500 },
    );
  });
});

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import * as fc from "fast-check";
import { postprocess } from "../../../src/postprocess/pipeline";
import { completionContext } from "../../../src/server/completionShape";

const SOURCES = new URL("../../../src/", import.meta.url);

/** Of a file's lines only some are tried, other ones in other files: all of them take half a minute. */
const EVERY = 11;

const TOLERATED = 0.001;

/** A place in a file, and the code that really stands there. */
interface Hole {
  readonly file: string;
  readonly prefix: string;
  readonly code: string;
  readonly suffix: string;
}

suite("completion filters, whatever the model says", () => {
  const pieces = [
    "a",
    "b1",
    " ",
    "  ",
    "\n",
    "\r\n",
    "\t",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ";",
    ",",
    '"',
    "'",
    "`",
    "</s>",
    "```\n",
    "/*",
    "#",
    "é😀",
  ];
  const code = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => parts.join(""));
  const languageId = fc.constantFrom("typescript", "python", "markdown", "yaml", "shellscript", "html", "unknown");

  test("never throw, and show a piece of it", () => {
    fc.assert(
      fc.property(code, code, code, languageId, (answer, before, after, language) => {
        const [prefix, suffix] = [lineFeeds(before), lineFeeds(after)];
        const heldBack = /[ \t]*$/.exec(prefix)?.[0] ?? "";
        const { text, replaceSuffixChars, reason } = postprocess(
          answer,
          completionContext({ languageId: language, prefix, suffix, heldBack }),
        );
        assert.ok(withoutSpace(answer).includes(withoutSpace(text)));
        assert.ok(replaceSuffixChars <= (suffix.split("\n", 1)[0] ?? "").length);
        assert.equal(text === "", reason !== undefined);
      }),
      { numRuns: 2000 },
    );
  });
});

suite("completion filters do not damage code that really stood there", function () {
  this.timeout(60_000); // every line of the sources is tried, which takes its time on a busy machine
  const holes = typescriptFiles().flatMap(holesIn);

  test("in this project's own sources", () => {
    assert.ok(holes.length > 500);
    const damaged = holes.filter(({ prefix, code, suffix }) => {
      const context = completionContext({ languageId: "typescript", prefix, suffix, heldBack: "" });
      const { text, replaceSuffixChars } = postprocess(code, context);
      return text !== code || replaceSuffixChars !== 0;
    });
    const report = damaged.map(({ file, code }) => `${file}: ${code}`).join("\n");
    // A line that really stands twice in a row looks like a repetition: one in a thousand at most.
    assert.ok(damaged.length <= holes.length * TOLERATED, report);
  });
});

function lineFeeds(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

function withoutSpace(text: string): string {
  return text.replace(/\s/g, "");
}

function typescriptFiles(): string[] {
  return readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
}

/** Lines, the rest of each from its middle, and what of a block stands from it to its end or a blank line. */
function holesIn(file: string): Hole[] {
  const lines = readFileSync(new URL(file, SOURCES), "utf8").trimEnd().split("\n");
  return lines.flatMap((line, index) => {
    if (line.trim() === "" || index % EVERY !== file.length % EVERY) {
      return [];
    }
    const indent = depthOf(line);
    const middle = indent + Math.ceil((line.length - indent) / 2);
    const end = blockEnd(lines, index);
    return [
      hole(file, lines, index, indent, index + 1),
      hole(file, lines, index, middle, index + 1),
      hole(file, lines, index, indent, end),
    ];
  });
}

function hole(file: string, lines: readonly string[], first: number, column: number, end: number): Hole {
  const line = lines[first] ?? "";
  const code = [line.slice(column), ...lines.slice(first + 1, end)].join("\n");
  // White space before the cursor belongs to the hole's front: models do not write it twice.
  const prefix = [...lines.slice(0, first), line.slice(0, column)].join("\n");
  return { file: `${file}:${first + 1}`, prefix, code, suffix: `\n${lines.slice(end).join("\n")}` };
}

function blockEnd(lines: readonly string[], first: number): number {
  const indent = depthOf(lines[first] ?? "");
  const length = lines.slice(first + 1).findIndex((line) => line.trim() === "" || depthOf(line) < indent);
  return length < 0 ? lines.length : first + 1 + length;
}

function depthOf(line: string): number {
  return line.length - line.trimStart().length;
}

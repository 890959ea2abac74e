/** What is offered while a prompt file is written; the cursor is shown as `‸`. */
import assert from "node:assert/strict";
import { completionsAt } from "../../../../src/extension/promptFiles/editing/completionsAt";

/** The text after the entry was chosen; undefined where it is not offered. */
function choosing(textWithCursor: string, name: string): string | undefined {
  const offset = textWithCursor.indexOf("‸");
  const text = textWithCursor.replace("‸", "");
  const { replaces, items } = completionsAt(text, offset);
  const item = items.find(({ offered }) => offered.name === name);
  return item === undefined ? undefined : text.slice(0, replaces.start) + item.insert + text.slice(replaces.end);
}

suite("completions in prompt files", () => {
  const head = "---\nname: a\n---\n";
  for (const [what, text, name, expected] of [
    ["a variable, with its braces closed", `${head}Look at {{sel‸`, "selection", `${head}Look at {{selection}}`],
    ["a variable between braces that are there", `${head}{{ ‸ }}`, "file", `${head}{{ file }}`],
    ["a variable in place of another", `${head}{{fi‸le}} x`, "diff", `${head}{{diff}} x`],
    ["no variable outside of braces", `${head}Look at ‸`, "file", undefined],
    ["no variable behind an escaped brace", `${head}\\{{‸`, "file", undefined],
    ["a key", "---\nna‸\n---\n", "name", "---\nname: \n---\n"],
    ["a key in front matter that is not closed yet", "---\n‸", "description", "---\ndescription: "],
    ["no key that is there", "---\nname: a\n‸\n---\n", "name", undefined],
    ["no key of sampling at the margin", "---\n‸\n---\n", "temperature", undefined],
    [
      "a key of sampling where it is indented",
      "---\nsampling:\n  ‸\n---\n",
      "temperature",
      "---\nsampling:\n  temperature: \n---\n",
    ],
    ["sampling opens its own lines", "---\nsam‸\n---\n", "sampling", "---\nsampling:\n  \n---\n"],
    ["a value", "---\nneedsSelection: ‸\n---\n", "true", "---\nneedsSelection: true\n---\n"],
    ["no key in a value", "---\ndescription: ne‸\n---\n", "needsSelection", undefined],
    ["no key in the text", `${head}na‸`, "description", undefined],
  ] as const) {
    test(what, () => {
      assert.equal(choosing(text, name), expected);
    });
  }
});

/** Values take the places of variables, as text that is not looked at again. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { parseBody } from "../../../../src/extension/promptFiles/body";
import { expandPrompt, usedVariables } from "../../../../src/extension/promptFiles/expand";
import { VARIABLE_NAMES, type VariableValues } from "../../../../src/extension/promptFiles/variables";

const expand = (text: string, values: VariableValues): string => expandPrompt(parseBody(text).parts, values);

suite("expanding prompts", () => {
  for (const [what, text, values, expected] of [
    [
      "values take the places of variables",
      "{{input}} in {{ language }}.",
      { input: "Why", language: "c" },
      "Why in c.",
    ],
    ["the outside is trimmed", "\n\nHello\n\n", {}, "Hello"],
    ["the indentation of a value is not", "{{selection}}\nend", { selection: "    a\n" }, "    a\n\nend"],
    ["a line with nothing but empty variables goes", "a\n\nProblems: {{problems}}\n\nb", {}, "a\n\nb"],
    ["an instruction beside an empty variable stays", "Explain this. {{input}}\nNow.", {}, "Explain this.\nNow."],
    ["a line with one value stays", "{{path}} {{problems}}!", { path: "a.c" }, "a.c !"],
    ["blank lines that the author wrote stay", "a\n\n\nb", {}, "a\n\n\nb"],
    ["the last line goes too", "a\n\n{{input}}", { input: " " }, "a"],
    ["line ends become one kind", "{{selection}}", { selection: "a\r\nb" }, "a\nb"],
    ["unknown variables stay", "{{what}} {{", {}, "{{what}} {{"],
    ["a value is not expanded again", "{{selection}} {{input}}", { selection: "{{input}}", input: "x" }, "{{input}} x"],
    ["a replacement pattern is text", "{{input}}", { input: "$& $1 \\1" }, "$& $1 \\1"],
    ["names of special tokens are text", "{{input}}", { input: "</s>[INST]" }, "</s>[INST]"],
    [
      "a fence is longer than those in its value",
      "Look:\n```{{language}}\n{{selection}}\n```\nand\n```\n{{path}}\n```",
      { language: "md", selection: "````\nx\n````", path: "p" },
      "Look:\n`````md\n````\nx\n````\n`````\nand\n```\np\n```",
    ],
    ["an open fence is closed by nothing", "```\n{{selection}}", { selection: "```" }, "````\n```"],
  ] as const satisfies readonly (readonly [string, string, VariableValues, string])[]) {
    test(what, () => {
      assert.equal(expand(text, values), expected);
    });
  }

  test("knows which variables a prompt has", () => {
    assert.deepEqual([...usedVariables(parseBody("{{file}} {{input}} {{file}} {{what}}").parts)], ["file", "input"]);
  });

  test("whatever a value is, it stands in the prompt as it is, and brings nothing else in", () => {
    const value = fc
      .array(fc.constantFrom("{{", "}}", "selection", "input", "\\", "\n", "```", "$1", "a"))
      .map((all) => all.join(""));
    fc.assert(
      fc.property(value, value, (selection, input) => {
        fc.pre(selection.trim() !== "" && input.trim() !== "");
        const text = expand("A {{selection}} B {{input}} C", { selection, input });
        assert.equal(text, `A ${selection} B ${input} C`);
      }),
    );
  });

  test("no prompt makes it throw", () => {
    const piece = fc.constantFrom("```", "\n", "{{", "}}", ...VARIABLE_NAMES, "{{file}}", " ", "\\{{");
    fc.assert(
      fc.property(fc.array(piece), fc.string(), (pieces, file) => {
        assert.equal(typeof expand(pieces.join(""), { file }), "string");
      }),
    );
  });
});

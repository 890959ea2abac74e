/** Prompt files are read with everything that is wrong with them, each thing at its place. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { isSamplingKey, SAMPLING_KEYS } from "../../../../src/extension/promptFiles/keys";
import { faultText, type Problem } from "../../../../src/extension/promptFiles/problem";
import { parsePromptFile, type Prompt } from "../../../../src/extension/promptFiles/promptFile";
import { DEFAULT_SAMPLING, parseSampling } from "../../../../src/protocol/sampling";

const WHOLE = `---
name: review
description: Reviews the selected code
needsSelection: true
sampling:
  temperature: 0.2
  maxTokens: 300
---
Review this {{language}} code.

{{ input }}
`;

function promptOf(text: string): Prompt {
  const { prompt, problems } = parsePromptFile(text);
  assert.ok(prompt, JSON.stringify(problems));
  return prompt;
}

const translate = (message: string, ...args: readonly unknown[]): string =>
  message.replace(/\{(\d)\}/g, (_, index: string) => String(args[Number(index)]));

/** severity, the text at the problem's place, what is wrong */
function shown(text: string): string[] {
  return parsePromptFile(text).problems.map(
    ({ severity, start, end, fault }: Problem) => `${severity} <${text.slice(start, end)}> ${fault.kind}`,
  );
}

suite("prompt files", () => {
  test("a whole file", () => {
    const { prompt, problems } = parsePromptFile(WHOLE);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      { ...prompt, body: prompt?.body.map((part) => (part.kind === "text" ? part.text : `<${part.name}>`)) },
      {
        name: "review",
        description: "Reviews the selected code",
        needsSelection: true,
        sampling: { temperature: 0.2, maxTokens: 300 },
        body: ["Review this ", "<language>", " code.\n\n", "<input>", "\n"],
      },
    );
  });

  test("the name is enough, line ends of Windows and a byte order mark are no problem", () => {
    const prompt = promptOf("\uFEFF---\r\nname: größe_2\r\n---\r\nHow long\r\nis {{file}}?");
    assert.equal(prompt.name, "größe_2");
    assert.deepEqual([prompt.description, prompt.needsSelection, prompt.sampling], ["", false, {}]);
    assert.deepEqual(prompt.body[0], { kind: "text", text: "How long\nis " });
  });

  for (const [what, text, expected] of [
    ["no front matter", "Explain this.\nMore", ["error <Explain this.> noFrontMatter"]],
    ["an empty file", "", ["error <> noFrontMatter"]],
    ["front matter without an end", "---\nname: a\nExplain.", ["error <---> unclosedFrontMatter"]],
    ["front matter with nothing in it", "---\n---\nHello", ["error <---> missingName"]],
    ["no name", "---\ndescription: b\n---\nHello", ["error <description> missingName"]],
    ["a name with nothing behind it", "---\nname:\n---\nHello", ["error <name> missingName"]],
    ["a name that cannot be typed", "---\nname: two words\n---\nHello", ["error <two words> badName"]],
    ["a name that begins with a digit", '---\nname: "2a"\n---\nHello', ['error <"2a"> badName']],
    ["a name that is a number", "---\nname: 12\n---\nHello", ["error <12> wrongType"]],
    ["a wrong kind of yes", "---\nname: a\nneedsSelection: 1\n---\nHello", ["error <1> wrongType"]],
    ["text where keys are wanted", "---\nname: a\nsampling: hot\n---\nHello", ["error <hot> wrongType"]],
    [
      "sampling out of its limits",
      "---\nname: a\nsampling:\n  temperature: 9\n  topK: 1.5\n---\nHello",
      ["error <9> outOfRange", "error <1.5> wrongType"],
    ],
    [
      "unknown keys, which do no harm",
      "---\nname: a\ncolour: red\nsampling:\n  temprature: 1\n---\nHello",
      ["warning <colour> unknownKey", "warning <temprature> unknownKey"],
    ],
    ["a list for front matter", "---\n- a\n---\nHello", ["error <- a\n> badYaml"]],
    ["a key that is there twice", "---\nname: a\nname: b\n---\nHello", ["error <n> badYaml"]],
    ["an alias", "---\nname: *x\n---\nHello", ["error <*x> wrongType"]],
    ["nothing to ask", "---\nname: a\n---\n \n", ["error <\n \n> emptyBody"]],
    [
      "unknown and unclosed variables",
      "---\nname: a\n---\n{{selektion}} {{ a.b }} {{file} {{}}\n{{",
      [
        "warning <{{selektion}}> unknownVariable",
        "warning <{{ a.b }}> unknownVariable",
        "warning <{{file}> unclosedVariable",
        "warning <{{}}> unknownVariable",
        "warning <{{> unclosedVariable",
      ],
    ],
  ] as const) {
    test(`${what}: says so at its place`, () => {
      assert.deepEqual(shown(text), expected);
    });
  }

  test("a warning leaves the prompt usable, an error does not", () => {
    assert.ok(parsePromptFile("---\nname: a\ncolour: red\n---\n{{what}}").prompt);
    assert.equal(parsePromptFile("---\nname: a\nneedsSelection: maybe\n---\nHello").prompt, undefined);
  });

  test("the nearest name is offered", () => {
    const { problems } = parsePromptFile("---\nname: a\ndescripton: b\n---\n{{selektion}} {{xyz}}");
    assert.deepEqual(
      problems.map(({ fault }) => ("nearest" in fault ? fault.nearest : "")),
      ["description", "selection", undefined],
    );
    assert.match(
      faultText(problems[1]!.fault, translate),
      /There is no variable \{\{selektion\}\}.*mean \{\{selection\}\}/,
    );
  });

  test("an escaped brace and braces of other template languages are text", () => {
    const [part] = promptOf("---\nname: a\n---\n\\{{selection}} {% if %} { a: { b: 1 } }").body;
    assert.deepEqual(part, { kind: "text", text: "{{selection}} {% if %} { a: { b: 1 } }" });
  });

  test("of three braces the inner two make the variable", () => {
    const kinds = promptOf("---\nname: a\n---\n{{{input}}}").body.map((part) =>
      part.kind === "text" ? part.text : part.name,
    );
    assert.deepEqual(kinds, ["{", "input", "}"]);
  });

  test("the limits of sampling are those of the inference process", () => {
    assert.deepEqual(Object.keys(SAMPLING_KEYS).sort(), Object.keys(DEFAULT_SAMPLING).sort());
    for (const [key, { min, max }] of Object.entries(SAMPLING_KEYS)) {
      for (const value of key === "seed" ? [] : [min, max]) {
        assert.equal(isSamplingKey(key) && parseSampling({ [key]: value })[key], value, key);
        const beyond = value === min ? min - 1 : max + 1;
        assert.equal(isSamplingKey(key) && parseSampling({ [key]: beyond })[key], value, key);
      }
    }
  });

  test("names of every object are no keys", () => {
    assert.deepEqual(shown("---\nname: a\nsampling:\n  toString: 1\n---\nHello"), ["warning <toString> unknownKey"]);
  });

  test("no text makes it throw, and every problem lies in the file", () => {
    const piece = fc.constantFrom(
      "---\n",
      "name: a",
      "\n",
      "{{",
      "}}",
      "selection",
      "\\{{",
      ": ",
      "- ",
      "&a ",
      "*a",
      "{",
      "[",
      "'",
      "|",
      "sampling:\n  ",
      "!!set",
    );
    const text = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.array(piece).map((pieces) => `---\n${pieces.join("")}`),
    );
    fc.assert(
      fc.property(text, (content) => {
        for (const { start, end } of parsePromptFile(content).problems) {
          assert.ok(0 <= start && start <= end && end <= content.length + 1, `${start}-${end} of ${content.length}`);
        }
      }),
    );
  });
});

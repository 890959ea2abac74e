/** Which prompts count, out of all files; and the built-in ones. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../../../../scripts/command";
import { inEnglish } from "../../../../src/base/localize";
import { VARIABLE_NAMES } from "../../../../src/extension/promptFiles/variables";
import { usedVariables } from "../../../../src/extension/promptFiles/expand";
import { parsePromptFile } from "../../../../src/extension/promptFiles/promptFile";
import { promptSet, type PromptText } from "../../../../src/extension/promptFiles/promptSet";

function text(source: PromptText["source"], file: string, name: string): PromptText {
  return { source, uri: `file:///${source}/${file}`, text: `---\nname: ${name}\n---\nDo it.` };
}

const builtIns = path.join(projectRoot, "media/prompts");

suite("the set of prompts", () => {
  test("a workspace's file goes before the user's, that before the built-in one, in any case of letters", () => {
    const { prompts } = promptSet(
      [
        text("builtIn", "fix.md", "fix"),
        text("builtIn", "docs.md", "docs"),
        text("user", "x.md", "Fix"),
        text("user", "docs.md", "docs"),
        text("workspace", "fix.md", "fix"),
        text("workspace", "later.md", "fix"),
      ],
      inEnglish,
    );
    assert.deepEqual(
      prompts.map(({ name, uri }) => [name, uri]),
      [
        ["docs", "file:///user/docs.md"],
        ["fix", "file:///workspace/fix.md"],
      ],
    );
  });

  test("a file with an error covers nothing, and says what is wrong and where", () => {
    const broken = {
      source: "workspace",
      uri: "file:///w/my%20fix.md",
      text: "---\nname: fix\nneedsSelection: 3\n---\nx",
    } as const;
    const set = promptSet([broken, text("builtIn", "fix.md", "fix")], inEnglish);
    assert.equal(set.prompts[0]?.source, "builtIn");
    assert.deepEqual(set.broken, [
      {
        source: "workspace",
        uri: broken.uri,
        name: "my fix",
        line: 3,
        error: "needsSelection has to be true or false.",
      },
    ]);
  });

  for (const file of readdirSync(builtIns)) {
    test(`the built-in ${file} has no problem, and its file bears its name`, () => {
      const { prompt, problems } = parsePromptFile(readFileSync(path.join(builtIns, file), "utf8"));
      assert.deepEqual(problems, []);
      assert.equal(`${prompt!.name}.md`, file);
      assert.notEqual(prompt!.description, "");
      assert.ok(usedVariables(prompt!.body).has("input"), "what is written after the command is not lost");
    });
  }

  test("the grammar knows the variables", () => {
    const grammar = readFileSync(path.join(projectRoot, "syntaxes/llama2-prompt-file.tmLanguage.json"), "utf8");
    assert.ok(grammar.includes(`(${VARIABLE_NAMES.join("|")})`));
  });
});

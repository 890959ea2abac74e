/** The list behind "/". */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../../../../scripts/command";
import { inEnglish } from "../../../../src/base/localize";
import { commandSuggestions, promptDescription } from "../../../../src/extension/promptFiles/commandSuggestions";
import { promptSet } from "../../../../src/extension/promptFiles/promptSet";

const folder = path.join(projectRoot, "media/prompts");

function prompts(): ReturnType<typeof promptSet>["prompts"] {
  const files = readdirSync(folder).map((name) => ({
    source: "builtIn" as const,
    uri: `file:///${name}`,
    text: readFileSync(path.join(folder, name), "utf8"),
  }));
  const own = {
    source: "workspace",
    uri: "file:///w/prefix.md",
    text: "---\nname: prefix\ndescription: Mine\n---\nDo",
  } as const;
  return promptSet([...files, own], inEnglish).prompts;
}

suite("the list of commands", () => {
  test("has all of them while nothing is typed", () => {
    assert.deepEqual(
      commandSuggestions("", prompts(), inEnglish).map(({ label }) => label),
      ["/commit", "/docs", "/explain", "/fix", "/prefix", "/refactor", "/tests"],
    );
  });

  test("names that begin with the letters come first, and the letters are marked", () => {
    const [first, second, ...rest] = commandSuggestions("FIX", prompts(), inEnglish);
    assert.deepEqual(
      [first?.label, first?.insert, first?.detail, first?.matches],
      ["/fix", "/fix ", "Find and fix the mistakes in the selected code", [1, 2, 3]],
    );
    assert.deepEqual(
      [second?.label, second?.detail, second?.icon, second?.matches],
      ["/prefix", "Mine", "root-folder", [4, 5, 6]],
    );
    assert.deepEqual(rest, []);
  });

  test("what is said of the built-in ones is what their files say, and can be translated", () => {
    for (const prompt of prompts().filter(({ source }) => source === "builtIn")) {
      assert.equal(promptDescription({ ...prompt, description: "" }, inEnglish), prompt.description);
    }
  });
});

/** The walkthrough in package.json against what the extension has for it. */
import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import {
  CommandIds,
  SUGGESTION_ACCEPTED_COMMAND,
  WALKTHROUGH_ID,
  WalkthroughCommandIds,
  WalkthroughContextKeys,
} from "../../../../src/extension/contributions";
import { EXAMPLE, EXPLAINED_LINES } from "../../../../src/extension/walkthrough/example";

interface Step {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly media: { readonly svg: string; readonly altText: string };
  readonly completionEvents: readonly string[];
}

const root = path.resolve(import.meta.dirname, "../../../..");
const read = (name: string): string => readFileSync(path.join(root, name), "utf8");
const { contributes } = JSON.parse(read("package.json")) as {
  contributes: { walkthroughs: { id: string; title: string; description: string; steps: Step[] }[] };
};
const [walkthrough] = contributes.walkthroughs;
const commands = new Set<string>([...Object.values(CommandIds), ...Object.values(WalkthroughCommandIds)]);

suite("walkthrough", () => {
  test("has the id that the extension opens, and four steps", () => {
    assert.equal(walkthrough?.id, WALKTHROUGH_ID);
    assert.deepEqual(
      walkthrough.steps.map(({ id }) => id),
      ["models", "completion", "ask", "explain"],
    );
  });

  for (const file of ["package.nls.json", "package.nls.es.json"]) {
    test(`every step of ${file} has a button that runs a command that exists`, () => {
      const texts = JSON.parse(read(file)) as Record<string, string>;
      for (const { description } of walkthrough?.steps ?? []) {
        const links = [...(texts[description.slice(1, -1)] ?? "").matchAll(/\]\(command:([\w.]+)\)/g)];
        assert.ok(links.length > 0, description);
        assert.ok(
          links.every(([, command]) => commands.has(command ?? "")),
          description,
        );
      }
    });
  }

  test("every step is completed by something that happens", () => {
    const { opened, modelReady, questionAnswered, codeExplained } = WalkthroughContextKeys;
    const whenSet = (key: string): string[] => [`onContext:${key}`, `onContext:${opened} && ${key}`];
    assert.deepEqual(
      walkthrough?.steps.map(({ completionEvents }) => completionEvents),
      [
        whenSet(modelReady),
        [`onCommand:${SUGGESTION_ACCEPTED_COMMAND}`],
        whenSet(questionAnswered),
        whenSet(codeExplained),
      ],
    );
  });

  test("every picture is drawn in the colours of the theme, and has a text for who cannot see it", () => {
    for (const { media } of walkthrough?.steps ?? []) {
      const svg = read(media.svg);
      assert.match(svg, /^<svg /);
      assert.match(svg, /var\(--vscode-/);
      assert.doesNotMatch(svg, /<style|<script|style=/, "which VS Code would not show");
      assert.match(media.altText, /^%.+%$/);
    }
  });

  test("the example ends where a completion is wanted, and the lines that are explained are a function", () => {
    const lines = EXAMPLE.split("\n");
    assert.equal(lines.at(-1), "    return");
    assert.match(lines[EXPLAINED_LINES[0]] ?? "", /^def /);
    assert.match(lines[EXPLAINED_LINES[1]] ?? "", /^ {4}return /);
    assert.equal(lines[EXPLAINED_LINES[1] + 1], "");
  });
});

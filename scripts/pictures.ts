/**
 * `npm run pictures`: takes the pictures of docs/pictures.md from the real workbench: those that the UI tests take as they go. `-- --keep` takes those of their last run. Look at them before they are committed.
 */
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { runCli } from "./cli";
import { projectRoot, runNpm } from "./command";

/** Name in the documentation -> name in the UI tests. */
const PICTURES: Readonly<Record<string, string>> = {
  "chat-light": "chat-page-Light-Modern",
  "chat-dark": "chat-page-Dark-Modern",
  "chat-high-contrast": "chat-page-Dark-High-Contrast",
  "chat-narrow": "chat-page-narrow",
  "chat-spanish": "chat-page-Spanish",
  "explanation-levels": "explanation-levels",
  "apply-diff": "proposed-change",
  "commit-message": "commit-message",
  "models-view": "models-view-in-use",
};
const TESTS = "chat page|code blocks of an answer|commit message|the models view";
/** They are loaded by everybody who looks at the project's page. */
const MOST_BYTES = 200_000;

runCli(async () => {
  if (!process.argv.includes("--keep")) {
    const { code } = await runNpm(["run", "-s", "test:ui", "--", "--grep", TESTS], { inheritOutput: true });
    if (code !== 0) {
      return code;
    }
  }
  const folder = path.join(projectRoot, "docs/pictures");
  await fs.mkdir(folder, { recursive: true });
  for (const [name, taken] of Object.entries(PICTURES)) {
    const picture = await fs.readFile(path.join(projectRoot, "out/ui", `${taken}.png`));
    if (picture.length > MOST_BYTES) {
      throw new Error(`${taken} has ${String(picture.length)} bytes, more than ${String(MOST_BYTES)}`);
    }
    await fs.writeFile(path.join(folder, `${name}.png`), picture);
  }
  return 0;
});

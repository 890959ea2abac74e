/** Restricted Mode: in a folder that is not trusted the user's own settings count, and nothing of the folder's. */
import assert from "node:assert/strict";
import { fakeSettings } from "../support/fakeProcess";
import { fakeServerEnvironment } from "../support/fakeServerModule";
import { until, useWorkbench } from "../support/workbench";

const FOREIGN = "Words of the folder.";

suite("a folder that is not trusted", () => {
  const workbench = useWorkbench(async () => ({
    env: await fakeServerEnvironment({
      rules: [
        { when: "Who are you", answer: "A **local** model." },
        { when: "def area", answer: "width * height" },
      ],
    }),
    machineSettings: {
      "llama2.chat.modelPath": fakeSettings.chat.modelPath,
      "llama2.completion.modelPath": fakeSettings.completion.modelPath,
    },
    settings: {
      "security.workspace.trust.enabled": true,
      "security.workspace.trust.startupPrompt": "never",
      "security.workspace.trust.banner": "never",
    },
    files: {
      "area.py": "def area(width, height):\n    return",
      ".vscode/settings.json": JSON.stringify({
        "llama2.chat.systemPrompt": FOREIGN,
        "llama2.chat.modelPath": "/foreign.gguf",
        "llama2.completion.modelPath": "/foreign.gguf",
      }),
      ".llama2/prompts/foreign.md": `---\nname: foreign\n---\n\n${FOREIGN}\n`,
    },
    open: "area.py",
  }));

  test("chat answers with the user's model, without the folder's system prompt and commands", async () => {
    await workbench()
      .statusBarItem(/Restricted Mode/)
      .waitFor();
    await workbench().statusBarItem(/fake/).waitFor();
    await workbench().runCommand("Llama 2: Focus on Chat");
    const page = await workbench().webview();
    const box = page.getByRole("textbox");
    await box.pressSequentially("/");
    await page.getByRole("option", { name: /\/fix/ }).waitFor();
    assert.equal(await page.getByRole("option", { name: /foreign/ }).count(), 0);
    await box.fill("Who are you?");
    await box.press("Enter");
    await page.locator("strong", { hasText: "local" }).waitFor();
    await workbench().runCommand("Llama 2: Show Last Prompt");
    await until("the prompt in the editor", async () => {
      assert.match(await workbench().editorText(), /Who are you/);
    });
    assert.doesNotMatch(await workbench().editorText(), /Words of the folder/);
  });

  test("ghost text comes from the user's model", async () => {
    await workbench().openFile("area.py");
    await until("ghost text", async () => {
      await workbench().moveCursorTo(2, 11);
      await workbench().page.keyboard.press("Control+End");
      await workbench().page.keyboard.type(" ");
      await workbench().ghostText().waitFor({ timeout: 5_000 });
    });
    assert.match(await workbench().editorText(), /return +width \* height/);
  });
});

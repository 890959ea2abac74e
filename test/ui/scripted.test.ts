/** What a user sees and does, with a scripted engine: the texts are exact. */
import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { fakeSettings } from "../support/fakeProcess";
import { fakeServerEnvironment } from "../support/fakeServerModule";
import { until, useWorkbench } from "../support/workbench";

const ANSWER = [
  "Here is **k-nearest neighbours** in Python:",
  "",
  "```python",
  "def knn(points, query, k):",
  "    return sorted(points, key=lambda p: distance(p, query))[:k]",
  "```",
  "",
  "| k | effect |",
  "|---|---|",
  "| small | follows noise |",
  "| large | smooths |",
].join("\n");

suite("the assistant with a scripted engine", () => {
  const workbench = useWorkbench(async () => ({
    env: await fakeServerEnvironment({
      rules: [
        { when: "nearest neighbours in Python", answer: ANSWER },
        { when: "Explain", answer: "It returns the **k** points closest to the query." },
        { when: "count for ever", answer: "1 2 3 ", hang: true },
        { when: "def area(width", answer: " width * height" },
        { when: "<MID>", answer: "" },
      ],
    }),
    machineSettings: {
      "llama2.chat.modelPath": fakeSettings.chat.modelPath,
      "llama2.completion.modelPath": fakeSettings.completion.modelPath,
    },
    files: { "area.py": "def area(width, height):\n    return" },
    open: "area.py",
  }));

  async function ask(text: string): Promise<void> {
    const page = await workbench().webview();
    await page.getByRole("textbox").fill(text);
    await page.getByRole("textbox").press("Enter");
  }

  test("the status bar says which model is ready", async () => {
    await workbench().statusBarItem(/fake/).waitFor();
  });

  test("ghost text appears while typing, and Tab accepts it", async () => {
    await workbench().openFile("area.py");
    await until("ghost text", async () => {
      await workbench().moveCursorTo(2, 11);
      await workbench().page.keyboard.press("Control+End");
      await workbench().page.keyboard.type(" ");
      await workbench().ghostText().waitFor({ timeout: 5_000 });
    });
    assert.match(await workbench().editorText(), /return +width \* height/);
    await workbench().screenshot("ghost text");
    await workbench().page.keyboard.press("Tab");
    await until("the accepted text", async () => {
      assert.match(await workbench().editorText(), /return +width \* height/);
    });
  });

  test("a chat answer streams in as Markdown with highlighted code", async () => {
    await workbench().runCommand("Llama 2: Focus on Chat");
    await ask("Implement k-nearest neighbours in Python");
    const page = await workbench().webview();
    await page.locator("strong", { hasText: "k-nearest neighbours" }).waitFor();
    await page.locator("pre code .hljs-keyword", { hasText: "def" }).waitFor();
    await page.locator("td", { hasText: "follows noise" }).waitFor();
    await workbench().screenshot("chat answer");
  });

  test("the code of an answer goes to the cursor, in one undo step", async () => {
    await workbench().openFile("knn.py");
    await workbench().moveCursorTo(2, 1);
    const page = await workbench().webview();
    await page
      .getByRole("button", { name: /insert/i })
      .first()
      .click();
    await until("the inserted code", async () => {
      assert.match(await workbench().editorText(), /def knn\(points, query, k\):/);
    });
    await workbench().editor().locator(".view-lines").click();
    await workbench().page.keyboard.press("Control+Z");
    await until("the code undone", async () => {
      assert.doesNotMatch(await workbench().editorText(), /def knn\(points, query, k\):/);
    });
  });

  test("Explain Selection shows the code as an attachment and streams the explanation", async () => {
    await workbench().openFile("knn.py");
    await workbench().moveCursorTo(12, 1);
    for (let line = 12; line < 15; line++) {
      await workbench().page.keyboard.press("Shift+ArrowDown");
    }
    await workbench().runCommand("Llama 2: Explain Selection");
    const page = await workbench().webview();
    await page.getByText("knn.py:12-14").first().waitFor();
    await page.locator("strong", { hasText: "k" }).last().waitFor();
    await page.locator("article", { hasText: "points closest to the query" }).waitFor();
    await workbench().screenshot("explanation");
  });

  test("Stop ends an answer and keeps what is there", async () => {
    await ask("count for ever");
    const page = await workbench().webview();
    await page.getByText("1 2 3").waitFor();
    await page.getByRole("button", { name: /^stop/i }).click();
    await page
      .getByText(/stopped/i)
      .last()
      .waitFor();
    await page.getByText("1 2 3").waitFor();
  });

  test("the conversation is still there when the view was hidden", async () => {
    await workbench().runCommand("View: Show Explorer");
    await workbench().runCommand("Llama 2: Focus on Chat");
    await (await workbench().webview()).locator("article", { hasText: "points closest to the query" }).waitFor();
  });

  test("New Chat begins an empty conversation with examples to click", async () => {
    await workbench().runCommand("Llama 2: New Chat");
    const page = await workbench().webview();
    await page.getByRole("button", { name: /nearest neighbours/i }).waitFor();
    assert.equal(await page.getByText("points closest to the query").count(), 0);
    assert.equal(await page.locator("article").count(), 0);
  });

  test("the status menu offers what there is to do, and Show Last Prompt shows the exact prompt", async () => {
    await workbench().statusBarItem(/fake/).click();
    await workbench().quickPickRow("Select Model File").waitFor();
    await workbench().screenshot("status menu");
    await workbench().quickPickRow("Show Last Prompt").click();
    await until("the prompt in the editor", async () => {
      assert.match(await workbench().editorText(), /<s>\[INST\]/);
    });
    await workbench()
      .page.locator(".statusbar-item", { hasText: /llama.?2 prompt/i })
      .waitFor();
    await workbench().screenshot("last prompt");
  });

  test("what is in the workspace on disk was not touched", async () => {
    const text = await fs.readFile(path.join(workbench().workspace, "knn.py"), "utf8");
    assert.doesNotMatch(text, /def knn\(/);
  });
});

/** Saved conversations, as a user meets them: the list, a reload, another window, export, and a damaged file. */
import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import type { Locator } from "playwright-core";
import { fakeSettings } from "../support/fakeProcess";
import { fakeServerEnvironment } from "../support/fakeServerModule";
import { until, useWorkbench } from "../support/workbench";

const ANSWER = "It **halves** the interval:\n\n```python\nmid = (low + high) // 2\n```";

suite("saved conversations", () => {
  const workbench = useWorkbench(async () => ({
    env: await fakeServerEnvironment({
      rules: [
        { when: "binary search", answer: ANSWER },
        { when: "bubble sort", answer: "It compares neighbours." },
        { when: "quick sort", answer: "It divides by a pivot." },
      ],
    }),
    machineSettings: { "llama2.chat.modelPath": fakeSettings.chat.modelPath },
    open: "knn.py",
  }));

  /** What is sent before it is there would be cleared. */
  async function newChat(): Promise<void> {
    await workbench().runCommand("Llama 2: New Chat");
    await (await workbench().webview()).locator(".empty").waitFor();
  }

  async function ask(question: string, answer: string): Promise<void> {
    const page = await workbench().webview();
    await page.getByRole("textbox", { name: "Message" }).fill(question);
    await page.getByRole("textbox", { name: "Message" }).press("Enter");
    await page.locator("article", { hasText: answer }).waitFor();
    await page.locator("footer.figures").last().waitFor();
  }

  async function showList(): Promise<void> {
    await workbench().page.getByRole("button", { name: "Show Conversations…" }).click();
    await workbench().page.getByPlaceholder("Search in titles and texts").waitFor();
  }

  async function itemButton(row: Locator, name: string): Promise<void> {
    await row.hover();
    await row.getByRole("button", { name, exact: true }).click();
  }

  async function conversationFiles(): Promise<string[]> {
    const root = path.join(workbench().globalStorage, "conversations");
    const [folder = ""] = await fs.readdir(root);
    const names = await fs.readdir(path.join(root, folder));
    return names.filter((name) => !name.endsWith(".id")).map((name) => path.join(root, folder, name));
  }

  const titles = (): Promise<string[]> =>
    workbench()
      .page.locator(".quick-input-list .monaco-list-row .label-name:not(.quick-input-list-label-meta *)")
      .allTextContents();

  test("three conversations are in the list, which searches their texts too", async () => {
    await workbench().statusBarItem(/fake/).waitFor();
    await fs.rm(path.join(workbench().globalStorage, "conversations"), { recursive: true, force: true });
    await newChat();
    await ask("Explain binary search", "halves");
    await newChat();
    await ask("Explain bubble sort", "neighbours");
    await newChat();
    await ask("Explain quick sort", "pivot");
    await showList();
    await until("the latest first", async () => {
      assert.deepEqual(await titles(), ["Explain quick sort", "Explain bubble sort", "Explain binary search"]);
    });
    await workbench().screenshot("conversations");
    await workbench().quickInput().fill("interval");
    await until("only the conversation with that word", async () => {
      assert.deepEqual(await titles(), ["Explain binary search"]);
    });
    await workbench().screenshot("conversations found by their text");
  });

  test("a conversation is renamed and pinned, and then is the first", async () => {
    await itemButton(workbench().quickPickRow("Explain binary search"), "Rename…");
    await until("the title in a box", async () => {
      assert.equal(await workbench().quickInput().inputValue(), "Explain binary search");
    });
    await workbench().quickInput().fill("Halving");
    await workbench().page.keyboard.press("Enter");
    await workbench().page.getByPlaceholder("Search in titles and texts").waitFor();
    await workbench().quickInput().fill("");
    await itemButton(workbench().quickPickRow("Halving"), "Pin");
    await until("the pinned one at the top", async () => {
      assert.deepEqual(await titles(), ["Halving", "Explain quick sort", "Explain bubble sort"]);
    });
    await workbench().screenshot("conversations pinned");
  });

  test("a deleted conversation comes back by Undo", async () => {
    await itemButton(workbench().quickPickRow("Explain bubble sort"), "Delete");
    await until("one less", async () => {
      assert.deepEqual(await titles(), ["Halving", "Explain quick sort"]);
    });
    await workbench().page.keyboard.press("Escape");
    const note = await workbench().notification("The conversation “Explain bubble sort” was deleted.");
    await note.getByRole("button", { name: "Undo" }).click();
    await until("three again", async () => {
      assert.equal((await conversationFiles()).length, 3);
    });
  });

  test("Enter opens a conversation, and after a reload of the window it is shown again", async () => {
    await showList();
    await workbench().quickPickRow("Halving").waitFor();
    await workbench().quickInput().fill("halv");
    await until("the row to be the chosen one", async () => {
      assert.deepEqual(await titles(), ["Halving"]);
    });
    await workbench().page.keyboard.press("Enter");
    await (await workbench().webview()).locator("pre code", { hasText: "low + high" }).waitFor();
    await workbench().reload();
    const page = await workbench().webview();
    await page.locator("pre code", { hasText: "low + high" }).waitFor();
    await page.locator("footer.figures", { hasText: "tokens/s" }).waitFor();
    await ask("And a quick sort?", "pivot");
    await workbench().screenshot("conversation after a reload");
  });

  test("export opens the conversation as a Markdown document", async () => {
    await workbench().runCommand("Llama 2: Export Conversation to Markdown");
    await until("the document", async () => {
      const text = await workbench().editorText();
      assert.match(text, /^# Halving\n/);
      assert.match(text, /\n## You\nExplain binary search|\n## You\n\nExplain binary search/);
      assert.match(text, /```python\nmid = \(low \+ high\) \/\/ 2\n```/);
    });
    await workbench().page.locator(".statusbar-item", { hasText: "Markdown" }).waitFor();
    await workbench().screenshot("exported conversation");
  });

  test("a damaged file is reported and set aside, and the others are there", async () => {
    const texts = await Promise.all((await conversationFiles()).map((file) => fs.readFile(file, "utf8")));
    const index = texts.findIndex((text) => text.includes("bubble sort"));
    const damaged = (await conversationFiles())[index]!;
    await fs.truncate(damaged, 40);
    await showList();
    await until("the others", async () => {
      assert.deepEqual(await titles(), ["Halving", "Explain quick sort"]);
    });
    await workbench().page.keyboard.press("Escape");
    await (await workbench().notification("A saved conversation could not be read")).waitFor();
    await workbench().screenshot("a damaged conversation");
    assert.ok((await conversationFiles()).includes(`${damaged}.damaged`));
  });

  test("the conversation that is shown is deleted by a command, and a new one begins", async () => {
    await workbench().runCommand("Llama 2: Delete Conversation");
    const page = await workbench().webview();
    await page.getByRole("button", { name: /nearest neighbours/i }).waitFor();
    assert.equal((await conversationFiles()).filter((file) => file.endsWith(".json")).length, 1);
  });
});

/** Ghost text as a user sees it, with a scripted engine. How often the engine was asked is in the completion diagnostics. */
import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { fakeSettings } from "../support/fakeProcess";
import { fakeServerEnvironment } from "../support/fakeServerModule";
import { until, useWorkbench } from "../support/workbench";

suite("ghost text", () => {
  const workbench = useWorkbench(async () => ({
    env: await fakeServerEnvironment({
      // by what only one file has: the others may stand in the prompt too
      rules: [
        { when: "func walk", answer: " ok {\n        start()\n    }" },
        { when: "func run", answer: " ok {\n        start()\n    }" },
        { when: "def windows", answer: "first = 1\n    second = 2" },
        { when: "def hidden", answer: "secret = 1" },
        { when: "const price", answer: "(basket)" },
        { when: "total = aa", answer: "(price)" },
        { when: "total = a", answer: "", hang: true },
        { when: "def block", answer: "first = 1\n    second = 2" },
        { when: "result = quantity", answer: " * price" },
        { when: "call = f", answer: "(price)" },
        { when: "def volume", answer: " width * height" },
        { when: "return width * height", answer: " + margin" },
        { when: "def area", answer: " width * height" },
      ],
    }),
    machineSettings: {
      "llama2.chat.modelPath": fakeSettings.chat.modelPath,
      "llama2.completion.modelPath": fakeSettings.completion.modelPath,
    },
    settings: {
      "editor.inlineSuggest.showToolbar": "always", // accepting a line has no key
      "editor.wordBasedSuggestions": "currentDocument",
      "editor.quickSuggestions": { other: "off", comments: "off", strings: "off" },
      "files.autoSave": "off",
      "llama2.exclude": ["/private/"],
    },
    files: {
      "area.py": "def area(width, height):\n    retur",
      "words.py": "def volume():\n    retur",
      "block.py": "def block()",
      "total.py": "total = ",
      "call.py": "call = ",
      "selected.py": "quantity = 1\nresult = qua",
      "tabs.go": "package main\n\nfunc stop() {\n\tclose()\n\twait()\n}\n\nfunc run(ok bool) {\n\ti\n}\n",
      "short.go": "package main\n\nfunc walk(ok bool) {\n\ti\n}\n",
      "windows.py": "def windows()\r\n\r\nend = 1\r\n",
      "private/hidden.py": "def hidden()",
      "prices.ts": "export function sumPrices(basket: Basket): number {\n  return basket.total;\n}\n",
      "main.ts": 'import { sumPrices } from "./prices";\n\nconst price = sumPrice',
    },
    open: "area.py",
  }));

  /** Opens a file and types at its end until ghost text appears. */
  async function typeAtEnd(file: string, text: string): Promise<void> {
    await workbench().openFile(file);
    await workbench().statusBarItem(/fake/).waitFor();
    await workbench().moveCursorTo(99, 99);
    await workbench().page.keyboard.type(text);
  }

  /** The ghost text on the line of the cursor, which is drawn in pieces. */
  async function ghost(expected: string): Promise<void> {
    await until(
      `the ghost text ${JSON.stringify(expected)}`,
      async () => {
        const pieces = await workbench().editor().locator(".ghost-text-decoration").allTextContents();
        assert.equal(pieces.join("").replaceAll("\u00a0", " "), expected);
      },
      30_000,
    );
  }

  async function lines(expected: string): Promise<void> {
    await until(
      `the text ${JSON.stringify(expected)}`,
      async () => {
        assert.equal(await workbench().editorText(), expected);
      },
      30_000,
    );
  }

  /** Saves the file in the editor and reads it. */
  async function saved(file: string, expected: string): Promise<void> {
    await until(`${file} on the disk as ${JSON.stringify(expected)}`, async () => {
      await workbench().page.keyboard.press("Control+S");
      assert.equal(await fs.readFile(path.join(workbench().workspace, file), "utf8"), expected);
    });
  }

  /** The counters of the session. */
  async function counts(): Promise<Record<string, number>> {
    const text = await diagnostics();
    return Object.fromEntries([...text.matchAll(/^- (\w+): (\d+)$/gm)].map(([, name = "", n]) => [name, Number(n)]));
  }

  async function diagnostics(): Promise<string> {
    await workbench().page.evaluate(() => navigator.clipboard.writeText(""));
    await workbench().runCommand("Llama 2: Copy Completion Diagnostics");
    return until("the diagnostics on the clipboard", async () => {
      const copied = await workbench().page.evaluate(() => navigator.clipboard.readText());
      assert.match(copied, /## Session/);
      return copied;
    });
  }

  test("is narrowed by typing and restored by deleting back, without asking again", async () => {
    const whole = "def area(width, height):\n    return width * height";
    await typeAtEnd("area.py", "n");
    await lines(whole);
    const before = await counts();
    await workbench().moveCursorTo(99, 99);
    await workbench().page.keyboard.type(" wid", { delay: 150 });
    await lines(whole);
    await ghost("th * height");
    await workbench().page.keyboard.press("Backspace");
    await ghost("dth * height");
    await workbench().page.keyboard.press("Backspace");
    await ghost("idth * height");
    await lines(whole);
    await workbench().screenshot("ghost text narrowed and restored");
    const after = await counts();
    assert.equal(
      Number(after["requests"]) - Number(after["speculative"]),
      Number(before["requests"]) - Number(before["speculative"]),
    );
    assert.ok(Number(after["reused"]) > Number(before["reused"]));
  });

  test("is accepted whole, and what follows is there", async () => {
    await workbench().moveCursorTo(99, 99);
    await workbench().page.keyboard.press("Backspace");
    await workbench().ghostText().waitFor();
    await workbench().page.keyboard.press("Tab");
    await lines("def area(width, height):\n    return width * height + margin");
    await workbench().page.keyboard.press("Tab");
    await lines("def area(width, height):\n    return width * height + margin");
  });

  test("is accepted word by word", async () => {
    await typeAtEnd("words.py", "n");
    await workbench().ghostText().waitFor();
    await workbench().page.keyboard.press("Control+ArrowRight");
    await ghost("width * height"); // the space before the word is one for VS Code
    await workbench().page.keyboard.press("Control+ArrowRight");
    await ghost(" * height");
    await workbench().page.keyboard.press("Escape");
    await lines("def volume():\n    return width");
  });

  test("is accepted line by line", async () => {
    await typeAtEnd("block.py", ":");
    // VS Code can lose a key that comes right after the one that opened a document for editing
    await until("a new line", async () => {
      await workbench().page.keyboard.press("Enter");
      await workbench().statusBarItem("Ln 2, Col 5").waitFor({ timeout: 5_000 });
    });
    await ghost("first = 1");
    await workbench().page.locator(".ghost-text", { hasText: "second" }).first().waitFor();
    await workbench().screenshot("ghost text of two lines");
    await workbench().page.locator(".inlineSuggestionsHints .codicon-toolbar-more").click();
    await workbench().page.getByRole("menuitem", { name: "Accept Line" }).click({ delay: 200 }); // menus hear the button only after a while
    await ghost("    second = 2");
    await workbench().page.keyboard.press("Escape");
    await until("the first line", async () => {
      assert.match(await workbench().editorText(), /^def block\(\):\n {4}first = 1\s*$/);
    });
  });

  test("does not double a bracket that the editor has closed", async () => {
    await typeAtEnd("call.py", "f");
    await lines("call = f(price)");
    await workbench().page.keyboard.type("(");
    await lines("call = f(price)");
    await workbench().page.keyboard.press("Tab");
    await lines("call = f(price)");
    await workbench().page.keyboard.press("Escape");
    await lines("call = f(price)");
  });

  test("goes on from the item that IntelliSense has selected", async () => {
    await typeAtEnd("selected.py", "n");
    const item = workbench().page.locator(".suggest-widget .monaco-list-row.focused", { hasText: "quantity" });
    await until("IntelliSense", async () => {
      await workbench().page.keyboard.press("Control+Space");
      await item.waitFor({ timeout: 5_000 });
    });
    await workbench().screenshot("ghost text with IntelliSense");
    await lines("quantity = 1\nresult = quantity * price");
    await workbench().page.keyboard.press("Tab");
    await ghost(" * price");
    await workbench().page.keyboard.press("Tab");
    await lines("quantity = 1\nresult = quantity * price");
  });

  test("of a second key cancels the first request, which would never end", async () => {
    const before = await counts();
    await typeAtEnd("total.py", "a");
    await workbench().page.locator(".statusbar-item .codicon-loading").waitFor();
    await workbench().page.keyboard.type("a");
    await lines("total = aa(price)");
    const after = await counts();
    assert.ok(Number(after["cancelled"]) > Number(before["cancelled"]));
  });

  test("keeps the tabs of a tab-indented file, also of a short one, whatever the model indents with", async () => {
    await workbench().openFile("short.go");
    await workbench().moveCursorTo(4, 99);
    await workbench().page.keyboard.type("f");
    await workbench().ghostText().waitFor();
    await workbench().page.keyboard.press("Tab");
    await saved("short.go", "package main\n\nfunc walk(ok bool) {\n\tif ok {\n\t\tstart()\n\t}\n}\n");
    await workbench().openFile("tabs.go");
    await workbench().moveCursorTo(9, 99);
    await workbench().page.keyboard.type("f");
    await workbench().ghostText().waitFor();
    await workbench().screenshot("ghost text with tabs");
    await workbench().page.keyboard.press("Tab");
    await saved(
      "tabs.go",
      "package main\n\nfunc stop() {\n\tclose()\n\twait()\n}\n\nfunc run(ok bool) {\n\tif ok {\n\t\tstart()\n\t}\n}\n",
    );
  });

  test("accepted in a CRLF document has its line ends, and no other \\r", async () => {
    await workbench().openFile("windows.py");
    await workbench().moveCursorTo(1, 99);
    await workbench().page.keyboard.type(":");
    await until("a new line", async () => {
      await workbench().page.keyboard.press("Enter");
      await workbench().statusBarItem("Ln 2, Col 5").waitFor({ timeout: 5_000 });
    });
    await ghost("first = 1");
    await workbench().page.keyboard.press("Tab");
    await saved("windows.py", "def windows():\r\n    first = 1\r\n    second = 2\r\n\r\nend = 1\r\n");
  });

  test("does not come in an excluded file, and who asks for it is told why", async () => {
    await typeAtEnd("private/hidden.py", ":");
    await until("the reason", async () => {
      await workbench().runCommand("Trigger Inline Suggestion");
      await workbench().statusBarItem("This file is excluded").waitFor({ timeout: 4_000 });
    });
    await workbench().screenshot("why there is no suggestion");
    assert.equal(await workbench().ghostText().count(), 0);
    assert.doesNotMatch(await diagnostics(), /def hidden/);
  });

  test("is made with the declarations that a language extension finds in files that are not open", async () => {
    await typeAtEnd("main.ts", "s");
    const declaration = /\/\/ Path: prices\.ts\n\/\/ export function sumPrices\(basket: Basket\): number \{/;
    let line = 0;
    await until("the declaration in the prompt", async () => {
      // who opens the palette before a suggestion is there has taken the focus, and asks for none
      await ghost("(basket)");
      try {
        assert.match(await diagnostics(), declaration);
      } catch (error) {
        // a language server may have been starting when it was asked first; what is known already is not asked again
        await workbench().moveCursorTo(99, 99);
        await workbench().page.keyboard.type(`\nprice${String(++line)} = sumPrices`);
        throw error;
      }
    });
  });

  test("is counted in the status menu", async () => {
    await workbench().openFile("area.py");
    await workbench().statusBarItem(/fake/).click();
    await workbench().quickPickRow("suggestions accepted").waitFor();
    await workbench().screenshot("status menu with counts");
    await workbench().page.keyboard.press("Escape");
  });
});

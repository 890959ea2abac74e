/** Answers that no honest model writes, and conversations that nobody planned for: the page shows text, and stays quick. */
import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import type { FrameLocator } from "playwright-core";
import { toJson } from "../../src/extension/chat/conversationJson";
import type { ConversationData, Exchange } from "../../src/extension/chat/conversationData";
import { fakeSettings } from "../support/fakeProcess";
import { fakeServerEnvironment } from "../support/fakeServerModule";
import { until, useWorkbench } from "../support/workbench";

/** Each would set `hacked` on its window, or ask a server, if the page did more than show it. */
const HOSTILE = [
  "<script>window.hacked = 1</script>",
  "<img src=x onerror='window.hacked = 1'> ![x](https://evil.example/pixel.png) ![x](data:image/png;base64,AAAA)",
  "<svg onload='window.hacked = 1'><script>window.hacked = 1</script></svg>",
  "<iframe srcdoc='<script>parent.hacked = 1</script>'></iframe><object data=javascript:1></object>",
  "<a href='javascript:window.hacked = 1'>html link</a> [script link](javascript:window.hacked%20=%201)",
  "[tab link](java\tscript:window.hacked=1) [data link](data:text/html,<script>window.hacked=1</script>)",
  "[command link](command:workbench.action.quit) [file link](file:///etc/passwd) <javascript:window.hacked=1>",
  "<style>body { display: none }</style><base href='https://evil.example/'><form action='https://evil.example'>",
  "<table><tr><td onmouseover='window.hacked = 1'>cell</td><p><b><i></table></b> <div <p> &lt;script&gt; <!-- ",
  '```html"onload="window.hacked=1\n</code></pre><script>window.hacked = 1</script>\n```',
  "[honest link](https://example.org/honest) and the end of it",
].join("\n\n");

/** Counts how often the page was blocked for 50 ms, and how many messages it drew at a time. */
const WATCH = `
  const seen = (window.seen = { blocked: 0, batches: [] });
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) {
      if (name === "self") seen.blocked += Math.floor(duration / 50);
    }
  }).observe({ type: "longtask" });
  new MutationObserver((records) => {
    const added = records.flatMap((record) => [...record.addedNodes]);
    const messages = added.filter((node) => node.matches?.(".content > article, .content > llama2-answer"));
    if (messages.length > 0) seen.batches.push(messages.length);
  }).observe(document.body, { childList: true, subtree: true });`;

const SCROLLER = 'const scroller = document.querySelector(".scroller");';

/** Runs statements inside of our page, and gives what they return. */
function inPage(page: FrameLocator, statements: string): Promise<unknown> {
  return page.locator("body").evaluate(`(() => { ${statements} })()`);
}

function exchange(id: string, text: string, answer: string): Exchange {
  return { id, text, attachments: [], answer: { id: `${id}-a`, text: answer, status: { kind: "stopped" } } };
}

function longConversation(): readonly Exchange[] {
  const paragraph =
    "It walks over the **list** once and keeps what it has `seen` in a table, so it needs linear time. ";
  return Array.from({ length: 100 }, (_, index) => {
    const code = Array.from({ length: 15 }, (_line, at) => `def f${String(at)}(x):  # ${String(index)}`).join(
      "\n    pass\n",
    );
    const block = index % 2 === 0 ? `\n\n\`\`\`python\n${code}\n    pass\n\`\`\`` : "\n\n- one\n- two";
    return exchange(`q${String(index)}`, `Question ${String(index)}?`, `${paragraph.repeat(4)}${block}`);
  });
}

suite("large and hostile answers", () => {
  const workbench = useWorkbench(async () => ({
    env: await fakeServerEnvironment({
      rules: [
        { when: "hostile", answer: HOSTILE, pieceLength: 7 },
        { when: "hello", answer: "Hello yourself." },
      ],
    }),
    machineSettings: { "llama2.chat.modelPath": fakeSettings.chat.modelPath },
    open: "knn.py",
  }));

  async function ask(question: string, answer: string): Promise<FrameLocator> {
    await workbench().statusBarItem(/fake/).waitFor();
    await workbench().runCommand("Llama 2: New Chat");
    const page = await workbench().webview();
    await page.getByRole("button", { name: /nearest neighbours/i }).waitFor(); // what is sent before that is cleared
    await page.getByRole("textbox", { name: "Message" }).fill(question);
    await page.getByRole("textbox", { name: "Message" }).press("Enter");
    await page.locator("llama2-answer", { hasText: answer }).waitFor();
    await page.locator("footer.figures").last().waitFor();
    return page;
  }

  /** Puts a conversation beside the saved ones, and opens it from the list. */
  async function openSaved(title: string, exchanges: readonly Exchange[]): Promise<void> {
    const now = new Date().toISOString();
    const data: ConversationData = { id: "made", title, createdAt: now, updatedAt: now, sampling: {}, exchanges };
    const root = path.join(workbench().globalStorage, "conversations");
    const folder = await until("the folder of the workspace", async () => {
      const [name] = await fs.readdir(root);
      assert.ok(name !== undefined);
      return path.join(root, name);
    });
    await fs.writeFile(path.join(folder, `${title.replace(/\W/g, "-")}.json`), JSON.stringify(toJson(data)));
    await workbench().runCommand("Llama 2: Show Conversations");
    await workbench().quickPickRow(title).click();
  }

  test("a hostile answer is text: nothing runs, nothing is loaded, and only web addresses are links", async () => {
    const requests: string[] = [];
    workbench().page.on("request", (request) => requests.push(request.url()));
    const page = await ask("a hostile one", "the end of it");
    const answer = page.locator("llama2-answer .markdown");
    const dangerous = "script, img, svg, iframe, object, style, base, form, input, link, video, [srcdoc], [style]";
    assert.equal(await answer.locator(dangerous).count(), 0);
    const found = await inPage(
      page,
      `const all = [...document.querySelectorAll("llama2-answer .markdown *")];
      return {
        elements: all.length > 10,
        handlers: all.flatMap((element) => element.getAttributeNames()).filter((name) => name.startsWith("on")),
        links: all.filter((element) => element.tagName === "A").flatMap((link) => link.getAttribute("href") ?? []).sort(),
        hacked: [window.hacked, parent.hacked].filter((value) => value !== undefined),
      };`,
    );
    // addresses in the text of tags are links too, as anywhere; what leads elsewhere has lost its address
    const addresses = ["https://evil.example", "https://evil.example/", "https://example.org/honest"];
    assert.deepEqual(found, { elements: true, handlers: [], links: addresses, hacked: [] });
    for (const text of [
      "<script>window.hacked = 1</script>",
      "<svg onload=",
      "html link",
      "<style>body",
      "cell</td>",
    ]) {
      await answer.getByText(text).first().waitFor();
    }
    assert.deepEqual(
      requests.filter((url) => url.includes("evil.example")),
      [],
    );
    await workbench().screenshot("a hostile answer");
  });

  test("a link is opened by VS Code, which asks first", async () => {
    const page = await workbench().webview();
    await page.getByRole("link", { name: "honest link" }).click();
    const dialog = workbench().page.locator(".monaco-dialog-box", { hasText: "example.org/honest" });
    await dialog.waitFor();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    assert.equal(workbench().page.context().pages().length, 1);
  });

  test("an answer of a million characters in one line is shown, and the page goes on", async () => {
    await openSaved("One line", [exchange("q", "Go on", `<b>begin</b>${"na ".repeat(340_000)}<script>end</script>`)]);
    const page = await workbench().webview();
    await page.locator("llama2-answer", { hasText: "<script>end</script>" }).waitFor();
    assert.equal(await page.locator("llama2-answer script, llama2-answer b").count(), 0);
    await ask("hello", "Hello yourself.");
  });

  test("a long conversation is drawn from its end in small steps, and scrolls without being blocked", async () => {
    const page = await ask("hello", "Hello yourself.");
    await inPage(page, WATCH);
    await inPage(page, "setTimeout(() => { for (const end = performance.now() + 150; performance.now() < end; ); });");
    await until("a task that blocks the page to be seen", async () => {
      assert.notEqual(await inPage(page, "return window.seen.blocked;"), 0);
    });
    await inPage(page, "window.seen.blocked = 0;");
    await openSaved("Two hundred messages", longConversation());
    await page.locator("llama2-answer", { hasText: "f14(x):  # 98" }).waitFor();
    await until("all of it", async () => {
      assert.equal(await page.locator("llama2-answer").count(), 100);
      assert.equal(await page.locator("llama2-code-block").count(), 50);
    });
    const toEnd = await inPage(
      page,
      `${SCROLLER} return scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;`,
    );
    assert.ok(Number(toEnd) <= 4, `it is at its end, not ${String(toEnd)} px above`);
    const opening = await inPage(page, "return window.seen;");
    const { batches, blocked } = opening as { batches: number[]; blocked: number };
    console.log(`        drawn in ${String(batches.length)} steps, blocked ${String(blocked)} times 50 ms`);
    assert.ok(Math.max(...batches) <= 20, `messages drawn at a time: ${batches.join(" ")}`);
    assert.ok(blocked <= 10, `blocked for ${String(blocked)} times 50 ms`);
    for (const target of ["scroller.scrollHeight / 2", "0"]) {
      await inPage(page, `${SCROLLER} scroller.scrollTop = ${target}; return new Promise(requestAnimationFrame);`);
    }
    await page.getByText("Question 0?").waitFor();
    const scrolling = Number(await inPage(page, "return window.seen.blocked;"));
    assert.ok(scrolling - blocked <= 2, `blocked for ${String(scrolling - blocked)} times 50 ms while scrolling`);
    await workbench().screenshot("a long conversation");
  });

  test("a reader who is in the middle of it is there again when the view was hidden", async () => {
    const page = await workbench().webview();
    await page.getByText("Question 40?").scrollIntoViewIfNeeded();
    await inPage(
      page,
      `${SCROLLER} return new Promise((resolve) => {
        scroller.addEventListener("scrollend", () => resolve(), { once: true });
        scroller.scrollTop += 30;
      });`,
    );
    const shown = `${SCROLLER}
      const top = scroller.getBoundingClientRect().top;
      const first = [...scroller.querySelectorAll("article")].find((one) => one.getBoundingClientRect().bottom > top);
      return first.textContent.trim().slice(0, 40) + Math.round(top - first.getBoundingClientRect().top);`;
    const before = await inPage(page, shown);
    assert.equal(typeof before, "string");
    await workbench().runCommand("View: Show Explorer");
    await workbench().runCommand("Llama 2: Focus on Chat");
    const again = await workbench().webview();
    await until("the same place", async () => {
      assert.equal(await inPage(again, shown), before);
    });
  });
});

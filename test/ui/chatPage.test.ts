/** How the chat page looks and what it tells assistive technology: in each kind of theme, narrow, enlarged, from right to left. */
import assert from "node:assert/strict";
import { frameOf, violations } from "../support/accessibility";
import { fakeSettings } from "../support/fakeProcess";
import { fakeServerEnvironment } from "../support/fakeServerModule";
import { useWorkbench } from "../support/workbench";

const ANSWER = [
  "## Nearest neighbours",
  "",
  "A point takes the label of the **k** points [closest](https://example.org) to it, by `distance`:",
  "",
  "```python",
  "def nearest(sample, point, k):",
  "    # the k closest of the sample, as (distance, label) pairs, nearest first, with a comment that is rather long",
  "    return sorted((distance(point, other), label) for other, label in sample)[:k]",
  "```",
  "",
  "| k | effect |",
  "|---|---|",
  "| 1 | follows noise |",
  "",
  "1. Choose k.",
  "2. Vote.",
  "",
  "> A tie goes to the nearest.",
].join("\n");
const RIGHT_TO_LEFT = "الجار الأقرب يأخذ تسمية النقاط القريبة.";

const models = {
  "llama2.chat.modelPath": fakeSettings.chat.modelPath,
  "llama2.completion.modelPath": fakeSettings.completion.modelPath,
};
const script = {
  rules: [
    { when: "neighbours", answer: ANSWER },
    { when: "الجار", answer: RIGHT_TO_LEFT },
  ],
};

suite("the chat page", () => {
  const workbench = useWorkbench(async () => ({
    env: await fakeServerEnvironment(script),
    machineSettings: models,
    open: "knn.py",
  }));

  async function ask(text: string): Promise<void> {
    const page = await workbench().webview();
    const answer = page.locator(".answer").nth(await page.locator(".answer").count());
    await page.getByRole("textbox", { name: "Message" }).fill(text);
    await page.getByRole("textbox", { name: "Message" }).press("Enter");
    await answer.getByText(/first token/).waitFor();
  }

  async function assertAccessible(what: string): Promise<void> {
    const page = await workbench().webview();
    const frame = await frameOf(page.locator("llama2-chat"));
    // the page is transparent, and axe-core sees nothing of the side bar behind it
    await frame.evaluate("document.documentElement.style.backgroundColor = 'var(--vscode-sideBar-background)'");
    const found = await violations(frame);
    assert.deepEqual(found, [], what);
  }

  test("has nothing that axe-core finds fault with, empty and with a conversation", async () => {
    await workbench().statusBarItem(/fake/).waitFor();
    await workbench().runCommand("Llama 2: Focus on Chat");
    const page = await workbench().webview();
    await page.getByRole("button", { name: /nearest neighbours/i }).waitFor();
    await assertAccessible("empty");
    await ask("What are nearest neighbours?");
    await assertAccessible("with a conversation");
  });

  for (const theme of ["Light Modern", "Dark High Contrast", "Light High Contrast", "Dark Modern"]) {
    test(`is readable in the theme ${theme}`, async () => {
      await workbench().colorTheme(theme);
      await assertAccessible(theme);
      await workbench().screenshot(`chat page, ${theme}`);
    });
  }

  test("takes the direction of what is written", async () => {
    await ask("ما هو الجار الأقرب؟");
    const page = await workbench().webview();
    const paragraph = page.locator(".answer").last().locator("p").first();
    const box = await paragraph.boundingBox();
    const text = await paragraph.evaluate((element) => {
      const range = element.ownerDocument.createRange();
      range.selectNodeContents(element);
      return range.getBoundingClientRect().toJSON() as { right: number };
    });
    const right = await paragraph.evaluate((element) => element.getBoundingClientRect().right);
    assert.ok(box !== null && Math.abs(text.right - right) < 2, "the text begins at the right edge");
  });

  test("fits into a narrow side bar, and into one that is enlarged twice", async () => {
    await workbench().narrowSideBar(250);
    const page = await workbench().webview();
    await assertNoSidewaysScroll("at 250 pixels");
    await workbench().screenshot("chat page, narrow");
    await page.locator("html").evaluate((root) => {
      root.style.setProperty("zoom", "2");
    });
    await assertNoSidewaysScroll("at 250 pixels, enlarged");
    await workbench().screenshot("chat page, enlarged");
    await page.locator("html").evaluate((root) => {
      root.style.removeProperty("zoom");
    });
  });

  async function assertNoSidewaysScroll(what: string): Promise<void> {
    const page = await workbench().webview();
    const [content, window] = await page
      .locator("html")
      .evaluate((root) => [root.scrollWidth, root.clientWidth] as const);
    assert.ok(content <= window, `${what}: ${String(content)} pixels of content in ${String(window)}`);
  }
});

suite("the chat page in Spanish", () => {
  const workbench = useWorkbench(async () => ({
    env: await fakeServerEnvironment(script),
    machineSettings: models,
    locale: "es",
  }));

  test("speaks Spanish, from the examples to the figures", async () => {
    await workbench().page.locator('.activitybar .action-label[aria-label*="Llama 2"]').click();
    await workbench().page.mouse.move(900, 600); // away from the tooltip, which would lie over the page
    const page = await workbench().webview();
    await page.getByRole("textbox", { name: "Mensaje" }).waitFor();
    await page.getByRole("button", { name: "Implementa los k vecinos más cercanos en Python" }).waitFor();
    await page.getByRole("textbox", { name: "Mensaje" }).fill("What are nearest neighbours?");
    await page.getByRole("textbox", { name: "Mensaje" }).press("Enter");
    await page.getByText(/primer token tras/).waitFor();
    await workbench().screenshot("chat page, Spanish");
    assert.equal(await page.locator("html").getAttribute("lang"), "es");
    assert.doesNotMatch(
      await page.locator(".figures").innerText(),
      /\d,\d{3} /,
      "thousands as they are written in Spanish",
    );
  });
});

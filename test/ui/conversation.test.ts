/** What a user does with a conversation: retry, undo, edit, delete, options, and what the context meter and divider say. */
import assert from "node:assert/strict";
import type { FrameLocator, Locator } from "playwright-core";
import { fakeSettings } from "../support/fakeProcess";
import { fakeServerEnvironment } from "../support/fakeServerModule";
import { until, useWorkbench } from "../support/workbench";

const LONG = Array.from({ length: 80 }, (_, line) => `Line ${String(line)} of a long answer.`).join("\n\n");
/** Of one token a character, as the scripted engine counts. */
const CONTEXT = 4000;

suite("a conversation with a scripted engine", () => {
  const workbench = useWorkbench(async () => ({
    env: await fakeServerEnvironment({
      contextSize: CONTEXT,
      rules: [
        { when: "endless", answer: LONG, hang: true, pieceLength: 40 },
        { when: "fill", answer: "Filled." },
        { when: "Explain", answer: "It is long." },
        { when: "red", answer: "A **red** answer." },
        { when: "blue", answer: "A **blue** answer." },
      ],
    }),
    machineSettings: { "llama2.chat.modelPath": fakeSettings.chat.modelPath },
    files: {
      "large.py": Array.from({ length: 400 }, (_, line) => `value_${String(line)} = ${String(line)}`).join("\n"),
    },
    open: "knn.py",
  }));

  let page: FrameLocator;

  setup(async () => {
    await workbench().runCommand("Llama 2: New Chat");
    page = await workbench().webview();
    await page.locator(".empty").waitFor();
  });

  function box(): Locator {
    return page.locator(".composer textarea");
  }

  async function ask(text: string): Promise<void> {
    await box().fill(text);
    await box().press("Enter");
  }

  /** Asks, and waits for the whole answer. */
  async function asked(text: string, answer: string): Promise<void> {
    const before = await page.locator(".answer").count();
    await ask(text);
    await page.locator(".answer").nth(before).locator(".figures").waitFor();
    assert.match((await page.locator(".answer").nth(before).textContent()) ?? "", new RegExp(answer));
  }

  function button(name: RegExp, within: FrameLocator | Locator = page): Locator {
    return within.getByRole("button", { name });
  }

  async function questions(): Promise<string[]> {
    return page.locator(".question-text").allTextContents();
  }

  /** Drags its edge, as a user does. */
  async function resizeSideBar(width: number): Promise<void> {
    const bar = workbench().page.locator(".part.sidebar");
    await until(`a side bar of ${String(width)} pixels`, async () => {
      const { x, width: now } = (await bar.boundingBox()) ?? assert.fail("no side bar");
      const { mouse } = workbench().page;
      await mouse.move(x + now, 400);
      await mouse.down();
      await mouse.move(x + width, 400, { steps: 5 });
      await mouse.up();
      assert.ok(Math.abs(((await bar.boundingBox())?.width ?? 0) - width) <= 2);
    });
  }

  test("Retry has the last question answered again, Undo takes it back into the box", async () => {
    await asked("red", "A red answer");
    const first = await page.locator("llama2-answer").elementHandle();
    await button(/^Retry/).click();
    await until("another answer in its place", async () => {
      assert.equal(await first.evaluate((element) => (element as { isConnected: boolean }).isConnected), false);
      assert.equal(await page.locator("llama2-answer .figures").count(), 1);
    });
    await page.locator(".question").hover();
    await workbench().screenshot("operations of a question");
    await box().fill("and more");
    await page.locator(".question").hover();
    await button(/^Undo/).click();
    await page.locator(".empty").waitFor();
    assert.equal(await box().inputValue(), "red\n\nand more");
    assert.ok(
      await box().evaluate((element) => (element as { matches: (selector: string) => boolean }).matches(":focus")),
    );
  });

  test("a question is edited in place: Escape leaves it, asking again drops what followed", async () => {
    await asked("red", "A red answer");
    await asked("blue", "A blue answer");
    await page.locator(".question").first().focus();
    await workbench().page.keyboard.press("Enter");
    const editor = page.locator(".question.editing textarea");
    await editor.fill("blue instead");
    await workbench().screenshot("editing a question");
    await editor.press("Escape");
    assert.deepEqual(await questions(), ["red", "blue"]);
    assert.equal(await page.locator(".answer").count(), 2);
    await page.locator(".question").first().hover();
    await button(/^Edit/, page.locator(".question").first()).click();
    assert.equal(await editor.inputValue(), "red");
    await editor.fill("blue instead");
    await editor.press("Enter");
    await until("the new question alone", async () => {
      assert.deepEqual(await questions(), ["blue instead"]);
    });
    await page.locator(".answer strong", { hasText: "blue" }).waitFor();
  });

  test("a pair is deleted and restored, the conversation cleared and restored, the last question recalled", async () => {
    await asked("red", "A red answer");
    await asked("blue", "A blue answer");
    await page.locator(".question").first().focus();
    await workbench().page.keyboard.press("Delete");
    await page.getByText("A question and its answer were deleted.").waitFor();
    assert.deepEqual(await questions(), ["blue"]);
    await button(/^Restore/).click();
    await until("both questions", async () => {
      assert.deepEqual(await questions(), ["red", "blue"]);
    });
    await workbench().runCommand("Llama 2: Clear Conversation");
    await page.locator(".empty").waitFor();
    await button(/^Restore/).click();
    await page.locator(".answer strong", { hasText: "red" }).waitFor();
    await box().press("ArrowUp");
    assert.equal(await box().inputValue(), "blue");
    await box().fill("");
  });

  test("while an answer streams nothing else can be done, and the reader's place is kept until they jump to the end", async () => {
    await asked("red", "A red answer");
    await ask("endless");
    await page.getByText("Line 79 of").waitFor();
    const scroller = page.locator(".scroller");
    const top = (): Promise<number> => scroller.evaluate((element) => (element as { scrollTop: number }).scrollTop);
    await until("the end, which it follows", async () => {
      assert.ok((await top()) > 500);
    });
    // The focus shows its buttons, without the page scrolling to it as it would for the mouse.
    const first = page.locator(".question").first();
    await first.evaluate((element) => {
      (element as { focus: (options: object) => void }).focus({ preventScroll: true });
    });
    for (const name of [/^Edit/, /^Delete/]) {
      assert.ok(await button(name, first).isDisabled(), String(name));
    }
    await scroller.evaluate((element) => {
      (element as { scrollTop: number }).scrollTop -= 400;
    });
    await button(/^Jump to latest/).waitFor();
    const held = await top();
    await button(/^Stop/).click();
    await page.locator(".answer .status", { hasText: "Stopped" }).waitFor();
    assert.equal(await top(), held);
    await button(/^Jump to latest/).click();
    await until("the end", async () => {
      assert.ok((await top()) > held);
    });
    await button(/^Jump to latest/).waitFor({ state: "detached" });
  });

  test("the meter counts what is written, warns near the end, and says when a question is too long", async () => {
    const meter = page.getByRole("meter");
    await meter.waitFor();
    const used = async (): Promise<number> => Number(await meter.getAttribute("aria-valuenow"));
    await box().fill("x".repeat(100));
    await until("the tokens of the question and its marks", async () => {
      assert.equal(await used(), 1 + "[INST]  [/INST]".length + 100);
    });
    assert.match((await meter.getAttribute("title")) ?? "", /of 4,000 tokens .* 1,000 are kept free/);
    await box().fill("x".repeat(2900));
    await page.getByText("The context is nearly full").waitFor();
    await box().fill("x".repeat(3500));
    await page.getByText("This question is too long").waitFor();
    await workbench().screenshot("context meter");
    await box().fill("");
    await page.getByText("This question is too long").waitFor({ state: "detached" });
  });

  test("what the model no longer sees is marked, and an attachment that is too long says what is missing", async () => {
    for (let index = 0; index < 5; index++) {
      await asked(`fill ${String(index)} ${"and fill ".repeat(80)}`, "Filled");
    }
    await page.getByText("The model no longer sees what is above").waitFor();
    const order = await page
      .locator(".horizon, .question")
      .evaluateAll((elements) => elements.map((element) => (element as { className: string }).className.split(" ")[0]));
    assert.ok(
      order.indexOf("horizon") > 0 && order.lastIndexOf("question") > order.indexOf("horizon"),
      order.join(" "),
    );
    await page.locator(".horizon").scrollIntoViewIfNeeded();
    await workbench().screenshot("divider above what the model sees");
    await workbench().openFile("large.py");
    await workbench().editor().locator(".view-lines").click();
    await workbench().page.keyboard.press("Control+A");
    await workbench().runCommand("Llama 2: Explain Selection");
    await page.locator(".answer", { hasText: "It is long." }).waitFor();
    await button(/lines were left out/).waitFor();
    await workbench().screenshot("shortened attachment");
  });

  test("system prompt and sampling are set for the conversation, by keyboard, and reset", async () => {
    await box().focus();
    await button(/^Conversation Options/).focus();
    await workbench().page.keyboard.press("Enter");
    const drawer = page.getByRole("region", { name: /^Conversation Options/ });
    await drawer.waitFor();
    await workbench().screenshot("options of a conversation");
    const temperature = drawer.locator("vscode-textfield.option-value input").nth(1);
    await temperature.fill("9");
    await temperature.press("Tab");
    await until("the value moved into its range", async () => {
      assert.equal(await temperature.inputValue(), "4");
    });
    await drawer.getByRole("combobox").first().click();
    await page.getByRole("option", { name: "Spanish answers" }).click();
    await until("the preset in the box", async () => {
      assert.match(await drawer.locator("vscode-textarea textarea").inputValue(), /español/);
    });
    await workbench().screenshot("options that differ");
    await asked("red", "A red answer");
    await workbench().runCommand("Llama 2: Show Last Prompt");
    await until("the system prompt in the prompt", async () => {
      assert.match(await workbench().editorText(), /<<SYS>>[^]*español/);
    });
    await drawer.getByRole("button", { name: "Reset to Settings" }).click();
    await until("the settings' values", async () => {
      assert.equal(await temperature.inputValue(), "0.6");
      assert.equal(await drawer.locator("vscode-textarea textarea").inputValue(), "");
    });
    await temperature.press("Escape");
    await drawer.waitFor({ state: "detached" });
    await button(/^Conversation Options$/).waitFor();
  });

  test("everything fits into a narrow side bar", async () => {
    await asked("red", "A red answer");
    await resizeSideBar(250);
    await button(/^Conversation Options/).click();
    await workbench().screenshot("narrow conversation");
    const overflowing = await page.locator("llama2-chat").evaluate((root) => {
      const element = root as { clientWidth: number; scrollWidth: number };
      return element.scrollWidth > element.clientWidth;
    });
    assert.ok(!overflowing);
    await button(/^Close/).click();
  });
});

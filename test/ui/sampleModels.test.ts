/** One real conversation with TinyLlama, and ghost text from the tiny code model, in the real editor. */
import assert from "node:assert/strict";
import { tinyCodeModelPath, tinyLlamaOrSkip } from "../support/models";
import { fetchTinyLlama } from "../../scripts/fetch/sampleModels";
import { until, useWorkbench } from "../support/workbench";

suite("the assistant with real models", () => {
  suiteSetup(async function () {
    await tinyLlamaOrSkip(this);
  });

  const workbench = useWorkbench(async () => ({
    machineSettings: {
      "llama2.chat.modelPath": await fetchTinyLlama(),
      "llama2.completion.modelPath": tinyCodeModelPath,
      "llama2.engine.gpu": "cpu",
      "llama2.engine.threads": 1,
      "llama2.engine.contextSize": 1024,
    },
    settings: {
      "llama2.chat.maxTokens": 48,
      "llama2.chat.temperature": 0,
      "llama2.completion.eagerness": "eager", // the tiny model is sure of little
    },
    files: { "numbers.py": "def add(a, b):\n    return a + b\n\n\ndef subtract(a, b):\n    return" },
    open: "numbers.py",
  }));

  test("ghost text comes from the completion model", async () => {
    await workbench()
      .statusBarItem(/tinyllama/i)
      .waitFor();
    await until("ghost text", async () => {
      await workbench().openFile("numbers.py");
      await workbench().page.keyboard.press("Control+End");
      await workbench().page.keyboard.type(" ");
      await workbench().ghostText().waitFor({ timeout: 10_000 });
    });
    assert.notEqual(((await workbench().ghostText().textContent()) ?? "").trim(), "");
    await workbench().screenshot("ghost text of a real model");
  });

  test("the chat model answers a question, with its figures", async () => {
    await workbench().runCommand("Llama 2: Focus on Chat");
    const page = await workbench().webview();
    await page.getByRole("button", { name: /nearest neighbours/i }).click();
    await page.getByText(/tokens\/s/).waitFor({ timeout: 240_000 });
    assert.ok(((await page.locator(".answer").last().textContent()) ?? "").length > 40);
    await workbench().screenshot("real chat answer");
  });
});

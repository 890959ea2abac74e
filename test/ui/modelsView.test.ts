/** The models view as a person goes through it: with models of the Hub's cache, of Ollama and of LM Studio in a home folder of its own. */
import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import type { Locator } from "playwright-core";
import { ggufFile } from "../support/ggufFile";
import { ModelFolders } from "../support/modelFolders";
import { tinyCodeModelPath } from "../support/models";
import { useWorkbench } from "../support/workbench";

suite("the models view", () => {
  let folders: ModelFolders;

  suiteTeardown(async () => {
    await folders.remove();
  });

  const workbench = useWorkbench(async () => {
    folders = await ModelFolders.make();
    const tiny = await fs.readFile(tinyCodeModelPath);
    await folders.hub("tiny-code.Q4_K_M.gguf", tiny);
    await folders.hub("cut.Q4_K_M.gguf", tiny.subarray(0, 2_000_000), { repo: "me/cut" });
    await folders.ollama("registry.ollama.ai/library/codellama/7b", ggufFile());
    await folders.write("home/.lmstudio/models/lmstudio-community/Llama-2-7B/llama-2-7b.Q4_K_M.gguf", ggufFile());
    const { home } = folders;
    return {
      extension: "linked",
      open: "knn.py",
      env: { HOME: home, OLLAMA_MODELS: path.join(home, ".ollama/models"), LLAMA_CACHE: path.join(home, "llama.cpp") },
      machineSettings: {
        "llama2.hub.cacheFolder": folders.cacheFolder,
        "llama2.engine.gpu": "cpu",
        "llama2.engine.contextSize": 512,
        "llama2.models.custom": ["hf:someone/Own-GGUF/own.Q5_K_M.gguf"],
      },
    };
  });

  function row(name: RegExp): Locator {
    return workbench().page.getByRole("treeitem", { name });
  }

  /** A button in a row; it appears when the pointer is over the row. */
  async function press(name: RegExp, button: string): Promise<void> {
    await row(name).hover();
    await row(name).getByRole("button", { name: button }).click();
  }

  test("opens from the walkthrough's command, and tells what is here, whose it is, and what else would run", async () => {
    await workbench().runCommand("Llama 2: Show Models");
    await row(/^tiny-code\.Q4_K_M, /).waitFor();
    // the chat folds away: rows that are not on screen are not there
    await workbench().page.locator(".pane-header", { hasText: /^Chat/ }).first().click();
    await row(/^cut\.Q4_K_M, .*is incomplete.*, incomplete/).waitFor();
    await row(/^codellama:7b, .*Ollama/).waitFor();
    await row(/^lmstudio-community\/Llama-2-7B.*LM Studio/).waitFor();
    await row(/^own\.Q5_K_M\.gguf, someone\/Own-GGUF/).waitFor();
    await row(/^Catalogue, .*of memory free/).click(); // opens it: with models here it is closed at first
    await row(/, recommended for chat · CPU only/).waitFor();
    await workbench().screenshot("models view");
  });

  test("a click uses a model, and its row says that it is loaded", async () => {
    await press(/^tiny-code/, "Use for Completion");
    await row(/^tiny-code\.Q4_K_M, in use, completion · loaded/).waitFor();
    await workbench().screenshot("models view in use");
  });

  test("a model is verified from the palette, and the outcome is told", async () => {
    await workbench().runCommand("Llama 2: Verify Checksum");
    await workbench().quickPickRow("tiny-code").click();
    await workbench()
      .toast(/tiny-code\.Q4_K_M is intact/)
      .waitFor();
  });

  test("the Delete key asks first, says who else may use the file, and clears the setting", async () => {
    await row(/^tiny-code/).click();
    await workbench().page.keyboard.press("Delete");
    const dialog = workbench().page.locator(".monaco-dialog-box");
    await dialog.getByText(/all programs of the Hugging Face Hub share/).waitFor();
    await dialog.getByText(/It is in use \(completion\)/).waitFor();
    await workbench().screenshot("models view delete");
    await dialog.getByRole("button", { name: "Delete" }).click();
    await row(/^tiny-code/).waitFor({ state: "detached" });
    await workbench()
      .statusBarItem(/no model/)
      .waitFor();
    assert.deepEqual(
      (await folders.tree()).filter((file) => file.includes("tiny-code")),
      [],
    );
  });
});

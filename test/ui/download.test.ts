/**
 * Getting a model as a user does: by address and by search, through the licence, Cancel and a gated repository to the first
 * answer, in the real workbench against a Hub on this machine, with a model that is small and real.
 */
import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import type { Locator } from "playwright-core";
import { MockHub, sha256 } from "../support/hub/mockHub";
import { tinyCodeModelPath } from "../support/models";
import { until, useWorkbench } from "../support/workbench";

const OPEN = "TheBloke/TinyCode-GGUF";
const GATED = "meta-llama/Tiny-Chat-GGUF";
const CODE_FILE = "tiny-code.Q8_0.gguf";
const CHAT_FILE = "tiny-chat.Q8_0.gguf";
const GOOD_TOKEN = "hf_aTokenThatNobodyElseMaySee";
const WRONG_TOKEN = "hf_aTokenThatTheHubDoesNotKnow";
const TEXTS = {
  "LICENSE.txt": "LLAMA 2 COMMUNITY LICENSE AGREEMENT",
  Notice: "Llama 2 is licensed under the LLAMA 2 Community License",
  "USE_POLICY.md": "# Llama 2 Acceptable Use Policy",
};

suite("getting a model", () => {
  let hub: MockHub;
  let cache: string;
  let model: Buffer;

  const workbench = useWorkbench(async () => {
    hub = await MockHub.start();
    cache = await fs.mkdtemp(path.join(os.tmpdir(), "llama2-cache-"));
    model = await fs.readFile(tinyCodeModelPath);
    hub.validTokens.set(GOOD_TOKEN, { name: "ann", granted: true });
    hub.add(OPEN, { [CODE_FILE]: model, ...TEXTS }, { tags: ["license:llama2"] });
    hub.add(GATED, { [CHAT_FILE]: model, ...TEXTS }, { gated: true, tags: ["license:llama2"] });
    return {
      extension: "linked",
      machineSettings: {
        "llama2.hub.endpoint": hub.endpoint,
        "llama2.hub.cacheFolder": cache,
        "llama2.engine.gpu": "cpu",
        "llama2.engine.threads": 1,
      },
      settings: {
        "llama2.chat.maxTokens": 16,
        "llama2.completion.eagerness": "eager", // the tiny model is sure of little
      },
      env: { LLAMA2_HUB_RETRY_MS: "10" },
      files: { "numbers.py": "def add(a, b):\n    return a + b\n\n\ndef subtract(a, b):\n    return" },
      open: "numbers.py",
    };
  });

  suiteTeardown(async () => {
    await hub.stop();
    await fs.rm(cache, { recursive: true, force: true });
  });

  function dialog(): Locator {
    return workbench().page.locator(".monaco-dialog-box");
  }

  /** The box with this prompt: it has the place of the list before it, whose field would take what is typed too early. */
  function inputBox(prompt: RegExp): Locator {
    return workbench().page.locator(".quick-input-widget", { hasText: prompt });
  }

  async function enter(prompt: RegExp, text: string): Promise<void> {
    await inputBox(prompt).waitFor();
    await workbench().quickInput().fill(text);
    await workbench().page.keyboard.press("Enter");
    await inputBox(prompt).waitFor({ state: "hidden" }); // it is checked first; what opens another list before that ends it
  }

  async function askByAddress(address: string): Promise<void> {
    await workbench().runCommand("Llama 2: Download Model");
    await workbench().quickPickRow("Enter an Address").click();
    await enter(/A GGUF file of the Hugging Face Hub/, address);
  }

  async function press(toast: string | RegExp, button: string): Promise<void> {
    await workbench().toast(toast).getByRole("button", { name: button, exact: true }).click();
  }

  /** Bytes on the disk of a download that was cancelled, as soon as its process has let go of it. */
  function keptBytes(): Promise<number> {
    return until("what has come of the cancelled download", async () => {
      const names = await fs.readdir(cache, { recursive: true });
      assert.deepEqual(
        names.filter((name) => name.endsWith(".pid")),
        [],
      );
      const [partial = ""] = names.filter((name) => name.endsWith(".incomplete"));
      return (await fs.stat(path.join(cache, partial))).size;
    });
  }

  test("the catalogue says how each model would run here, and an address that names no model is refused", async () => {
    await workbench()
      .statusBarItem(/no model/i)
      .waitFor();
    await workbench().runCommand("Llama 2: Download Model");
    await workbench().quickPickRow("best for chat here").first().waitFor();
    await workbench().screenshot("download catalogue");
    await workbench().quickPickRow("Enter an Address").click();
    await inputBox(/A GGUF file of the Hugging Face Hub/).waitFor();
    await workbench().quickInput().fill("hf:nobody");
    await workbench()
      .page.getByText(/names no model/)
      .first()
      .waitFor();
    await workbench().screenshot("download address");
    await workbench().page.keyboard.press("Escape");
  });

  test("declining the licence downloads nothing, and everything else works on", async () => {
    await askByAddress(`hf:${OPEN}/${CODE_FILE}`);
    await dialog()
      .getByText(/Llama 2 Community License/)
      .first()
      .waitFor();
    await workbench().screenshot("licence dialog");
    await dialog().getByRole("button", { name: "Decline" }).click();
    await dialog().waitFor({ state: "detached" });
    assert.match(await workbench().editorText(), /LLAMA 2 COMMUNITY LICENSE AGREEMENT/);
    assert.equal(hub.log.filter(({ host }) => host === "cdn").length, 0);
    await workbench().runCommand("Llama 2: Focus on Chat");
    await (await workbench().webview()).getByRole("button", { name: /Select Model File/ }).waitFor();
  });

  test("a download can be read about first, watched and cancelled, and what has come stays", async () => {
    hub.knobs.holdAt = 1_500_000;
    await askByAddress(`hf:${OPEN}/${CODE_FILE}`);
    await dialog().getByRole("button", { name: "Read First" }).click();
    await workbench()
      .toast(/Do you accept/)
      .waitFor();
    await workbench().screenshot("licence read first");
    await press(/Do you accept/, "Accept");
    await workbench()
      .toast(/Downloading .* of 3\.8 MB/)
      .waitFor();
    await workbench().screenshot("download progress");
    await press(/Downloading/, "Cancel");
    await workbench()
      .toast(/Downloading/)
      .waitFor({ state: "detached" });
    const kept = await keptBytes();
    assert.ok(kept > 0 && kept <= 1_500_000, String(kept));
  });

  test("goes on from there without asking for the licence again, and then completes code", async () => {
    const kept = await keptBytes();
    hub.knobs.holdAt = undefined;
    await askByAddress(`hf:${OPEN}/${CODE_FILE}`);
    await workbench()
      .toast(/tiny-code.* downloaded and verified/)
      .waitFor();
    assert.deepEqual(hub.starts, [0, kept], "only the rest is fetched");
    const folder = path.join(cache, `models--${OPEN.replace("/", "--")}/snapshots`, hub.repos.get(OPEN)?.commit ?? "");
    assert.deepEqual((await fs.readdir(folder)).sort(), [...Object.keys(TEXTS), CODE_FILE].sort());
    assert.equal(sha256(await fs.readFile(path.join(folder, CODE_FILE))), sha256(model));
    await workbench().screenshot("download done");
    await press(/tiny-code.* downloaded and verified/, "Use for Completion");
    await workbench()
      .statusBarItem(/tiny-code/)
      .waitFor();
    await until("ghost text", async () => {
      await workbench().openFile("numbers.py");
      await workbench().page.keyboard.press("Control+End");
      await workbench().page.keyboard.type(" ");
      await workbench().ghostText().waitFor({ timeout: 10_000 });
    });
  });

  test("a model is found by searching the Hub; a gated one says so, and a wrong token is told", async () => {
    await workbench().runCommand("Llama 2: Download Model");
    await workbench().quickPickRow("Search the Hugging Face Hub").click();
    await enter(/Words of a model's name/, "tiny");
    await workbench().quickPickRow(GATED).waitFor();
    await workbench().screenshot("hub search");
    await workbench().quickPickRow(GATED).click();
    await workbench().quickPickRow(CHAT_FILE).click();
    await workbench()
      .toast(/only for users who have been granted access/)
      .waitFor();
    await workbench().screenshot("gated refusal");
    await press(/only for users who have been granted access/, "Sign In…");
    await paste(WRONG_TOKEN);
    await workbench()
      .toast(/does not accept the access token/)
      .waitFor();
    await workbench().screenshot("wrong token");
  });

  async function paste(token: string): Promise<void> {
    await workbench().quickPickRow("Paste a Token").click();
    await enter(/A token with the permission to read/, token);
  }

  test("with a good token the download goes on by itself, and the model answers in the chat", async () => {
    await press(/does not accept the access token/, "Try Again");
    await paste(GOOD_TOKEN);
    await until("the message that it is downloaded", async () => {
      // not a toast: while three others are shown there is none
      const message = await workbench().notification(/tiny-chat.* downloaded and verified/);
      await message.getByRole("button", { name: "Use for Chat", exact: true }).click({ timeout: 5_000 });
    });
    await workbench()
      .statusBarItem(/tiny-chat/)
      .waitFor();
    await workbench().runCommand("Llama 2: Focus on Chat");
    const page = await workbench().webview();
    await page.getByRole("textbox").fill("def add(a, b):");
    await page.getByRole("textbox").press("Enter");
    await page.getByText(/first token after/).waitFor();
    await workbench().screenshot("answer of a downloaded model");
  });

  test("the token reached the Hub alone, and is written down nowhere", async () => {
    assert.ok(hub.log.some(({ host, authorization }) => host === "hub" && authorization === `Bearer ${GOOD_TOKEN}`));
    assert.deepEqual(hub.leaks, []);
    await workbench().runCommand("Llama 2: Copy Completion Diagnostics");
    await workbench()
      .statusBarItem(/diagnostics copied/)
      .waitFor();
    const copied = await workbench().page.evaluate(() => navigator.clipboard.readText());
    assert.match(copied, /tiny-code/);
    const written = [copied, ...(await textsUnder(workbench().serverData)), ...(await textsUnder(cache))];
    for (const token of [GOOD_TOKEN, WRONG_TOKEN]) {
      assert.ok(written.every((text) => !text.includes(token)));
    }
  });
});

/** Of every file that a person could read. */
async function textsUnder(folder: string): Promise<string[]> {
  const entries = await fs.readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.endsWith(".gguf"));
  return Promise.all(files.map((entry) => fs.readFile(path.join(entry.parentPath, entry.name), "latin1")));
}

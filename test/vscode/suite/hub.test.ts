/** Signing in, the licence before a download, and what is offered when the Hub refuses: in VS Code, against a mock hub. */
import * as assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import { CommandIds } from "../../../src/extension/contributions";
import type { HubSource } from "../../../src/protocol/models";
import { ForwardProxy } from "../../support/hub/forwardProxy";
import { ggufNoise, MockHub, sha256 } from "../../support/hub/mockHub";
import { closeAllEditors, configure, eventually, extensionApi } from "../host";

const REPO = "TheBloke/Llama-2-7B-Chat-GGUF";
const GATED = "meta-llama/Llama-2-7b-GGUF";
const TEXTS = {
  "LICENSE.txt": "LLAMA 2 COMMUNITY LICENSE",
  Notice: "Llama 2 is licensed",
  "USE_POLICY.md": "# Use Policy",
};

suite("the Hugging Face Hub in VS Code", () => {
  let hub: MockHub;
  let folder: string;
  let source: HubSource;
  /** Undoes what a test has put in place of VS Code's dialogs. */
  let restore: (() => void)[];

  suiteSetup(async () => {
    hub = await MockHub.start();
    folder = await fs.mkdtemp(path.join(os.tmpdir(), "llama2-hub-"));
    hub.validTokens.set("hf_granted", { name: "ann", granted: true });
    hub.validTokens.set("hf_refused", { name: "bob", granted: false });
    const content = ggufNoise(200_000);
    hub.add(REPO, { "a.gguf": content, "b.gguf": ggufNoise(100_000), ...TEXTS }, { tags: ["license:llama2"] });
    hub.add(GATED, { "c.gguf": ggufNoise(100_000) }, { gated: true, tags: ["license:llama2"] });
    source = { kind: "hub", repo: REPO, file: "a.gguf", sha256: sha256(content) };
    await configure("hub.endpoint", hub.endpoint);
    await configure("hub.cacheFolder", path.join(folder, "hub"));
    const models = (await extensionApi()).models();
    await eventually("the settings in the process", async () => {
      const facts = await models.hub.facts(new AbortController().signal);
      return facts.endpoint === hub.endpoint && facts.cacheFolder.startsWith(folder);
    });
  });

  suiteTeardown(async () => {
    await configure("hub.endpoint", undefined);
    await configure("hub.cacheFolder", undefined);
    await hub.stop();
    await fs.rm(folder, { recursive: true, force: true });
  });

  setup(() => {
    restore = [];
  });

  teardown(async () => {
    restore.forEach((undo) => {
      undo();
    });
    await closeAllEditors();
  });

  /** Answers a dialog in place of the user; gives what was asked, the last one last. */
  function answer(
    dialog: "showQuickPick" | "showInputBox" | "showInformationMessage" | "showErrorMessage",
    reply: (...args: unknown[]) => unknown,
  ): unknown[][] {
    const asked: unknown[][] = [];
    const window = vscode.window as unknown as Record<string, unknown>;
    const original = window[dialog];
    window[dialog] = (...args: unknown[]) => {
      asked.push(args);
      return Promise.resolve(reply(...args));
    };
    restore.push(() => (window[dialog] = original));
    return asked;
  }

  /** The button of the dialog of a licence. */
  function accept(...args: unknown[]): unknown {
    return args.find((one) => (one as { title?: string } | undefined)?.title === "Accept");
  }

  function signInWith(token: string): { errors: unknown[][]; told: unknown[][] } {
    answer("showQuickPick", (items) => (items as { way: string }[]).find(({ way }) => way === "paste"));
    answer("showInputBox", () => token);
    return {
      errors: answer("showErrorMessage", () => undefined),
      told: answer("showInformationMessage", accept),
    };
  }

  test("a token is tried before it is kept: a wrong one is told and not kept, a good one signs in", async () => {
    const { hub: ours } = (await extensionApi()).models();
    const who = (): Promise<string> => ours.whoAmI(undefined, new AbortController().signal).then(({ name }) => name);
    const { errors, told } = signInWith("hf_wrong");
    await vscode.commands.executeCommand(CommandIds.signInToHub);
    assert.match(String(errors[0]?.[0]), /does not accept the access token/);
    await assert.rejects(who());
    signInWith("hf_granted");
    await vscode.commands.executeCommand(CommandIds.signInToHub);
    assert.equal(await who(), "ann");
    assert.equal(told.length, 0);
    await vscode.commands.executeCommand(CommandIds.signOutOfHub);
    await assert.rejects(who());
  });

  test("the licence is shown before the first download; declining downloads nothing, accepting is asked once", async () => {
    const { downloads } = (await extensionApi()).models();
    const declined = answer("showInformationMessage", () => undefined);
    assert.equal(await downloads.start(source, "a"), undefined);
    assert.equal((declined[0]?.[1] as { modal?: boolean }).modal, true);
    assert.match(vscode.window.activeTextEditor?.document.getText() ?? "", /LLAMA 2 COMMUNITY LICENSE[^]*# Use Policy/);
    assert.equal(hub.log.filter(({ host }) => host === "cdn").length, 0);

    const accepted = answer("showInformationMessage", accept);
    const result = await downloads.start(source, "a");
    assert.equal(sha256(await fs.readFile(result?.path ?? "")), source.sha256);
    for (const [name, text] of Object.entries(TEXTS)) {
      assert.equal(await fs.readFile(path.join(path.dirname(result?.path ?? ""), name), "utf8"), text);
    }
    assert.ok(await downloads.start({ kind: "hub", repo: REPO, file: "b.gguf" }, "b"));
    const modals = accepted.filter(([, options]) => (options as { modal?: boolean } | undefined)?.modal === true);
    assert.equal(modals.length, 1);
    assert.deepEqual(hub.leaks, []);
  });

  test("a gated repository offers to sign in, and then to ask for access and look again", async () => {
    const { downloads, account } = (await extensionApi()).models();
    const gated: HubSource = { kind: "hub", repo: GATED, file: "c.gguf" };
    const { errors } = signInWith("hf_refused");
    await downloads.start(gated, "c");
    assert.deepEqual(errors.at(-1)?.slice(1), ["Sign In…", "Open Model Page"]);
    await account.signIn();
    await downloads.start(gated, "c");
    assert.deepEqual(errors.at(-1)?.slice(1), ["Open Model Page", "Open Meta's Form", "Check Again"]);
    assert.ok(!JSON.stringify(errors).includes("hf_refused"));
    await account.signOut();
  });

  test("VS Code's http.proxy is the way to the Hub", async () => {
    const proxy = await ForwardProxy.start("ann:proxyPassword1");
    const far = await MockHub.start({ hubName: "hub.test" }); // which the proxy alone can find
    far.add(REPO, { "a.gguf": ggufNoise(1_000) }, { tags: ["gguf"] });
    const http = vscode.workspace.getConfiguration("http");
    const { hub: ours } = (await extensionApi()).models();
    try {
      await http.update("proxy", proxy.address(), vscode.ConfigurationTarget.Global);
      await configure("hub.endpoint", far.endpoint);
      await eventually("the setting in the process", async () => {
        const facts = await ours.facts(new AbortController().signal);
        return facts.endpoint === far.endpoint;
      });
      const found = await ours.search("llama", new AbortController().signal);
      assert.deepEqual(
        found.map(({ repo }) => repo),
        [REPO],
      );
      assert.ok(proxy.log.some(({ target, admitted }) => admitted && target.startsWith("hub.test")));
    } finally {
      await http.update("proxy", undefined, vscode.ConfigurationTarget.Global);
      await configure("hub.endpoint", hub.endpoint);
      await far.stop();
      await proxy.stop();
    }
  });
});

/** The models view in VS Code: its rows and commands against the real inference process and a mock hub. */
import * as assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import * as vscode from "vscode";
import { CommandIds, type CommandId } from "../../../src/extension/contributions";
import type { ModelsView } from "../../../src/extension/modelsView/modelsView";
import type { ModelNode } from "../../../src/extension/modelsView/modelNode";
import { MockHub } from "../../support/hub/mockHub";
import { ModelFolders, REPO } from "../../support/modelFolders";
import { answerDialog, type Restore } from "../dialogs";
import { closeAllEditors, configure, eventually, extensionApi, modelsReady } from "../host";

const FILE = "tiny.Q4_K_M.gguf";
const REMOTE = "someone/Remote-GGUF";

suite("the models view in VS Code", () => {
  let hub: MockHub;
  let folders: ModelFolders;
  let view: ModelsView;
  let tiny: Buffer;
  /** The model that is loaded in all of these tests. */
  let tinyCodeModelPath: string;
  const restore: Restore[] = [];

  suiteSetup(async () => {
    hub = await MockHub.start();
    folders = await ModelFolders.make();
    tinyCodeModelPath = vscode.workspace.getConfiguration("llama2").get<string>("chat.modelPath") ?? "";
    tiny = await fs.readFile(tinyCodeModelPath);
    hub.add(REMOTE, { "remote.gguf": tiny });
    await folders.hub(FILE, tiny);
    await configure("hub.endpoint", hub.endpoint);
    await configure("hub.cacheFolder", folders.cacheFolder);
    const api = await extensionApi();
    view = api.modelsView();
    await modelsReady(api);
    await eventually("the folder in the process", async () => (await row("tiny.Q4_K_M")) !== undefined);
  });

  suiteTeardown(async () => {
    await configure("hub.endpoint", undefined);
    await configure("hub.cacheFolder", undefined);
    await configure("models.custom", undefined);
    await hub.stop();
    await folders.remove();
  });

  teardown(async () => {
    restore
      .splice(0)
      .reverse()
      .forEach((undo) => {
        undo();
      });
    await closeAllEditors();
  });

  async function row(label: string): Promise<ModelNode | undefined> {
    return (await view.nodes()).find((node) => node.label === label);
  }

  async function run(command: CommandId, label: string): Promise<void> {
    const node = await row(label);
    assert.ok(node, `there is a row ${label}`);
    await vscode.commands.executeCommand(command, node.id);
  }

  test("has rows with icon, words and the actions that package.json offers for them", async () => {
    const node = await row("tiny.Q4_K_M");
    const item = view.getTreeItem(node?.id ?? "");
    assert.equal(item.label, "tiny.Q4_K_M");
    assert.match(
      String(item.contextValue),
      /^;installed;useForChat;useForCompletion;reveal;copyPath;verify;header;delete;/,
    );
    assert.match(
      (item.tooltip as vscode.MarkdownString).value,
      /cache that all programs of the Hugging Face Hub share/,
    );
    assert.equal((item.tooltip as vscode.MarkdownString).isTrusted, undefined);
    assert.match(item.accessibilityInformation?.label ?? "", /^tiny\.Q4_K_M, /);
    const roots = await view.getChildren();
    assert.deepEqual([roots.at(0), roots.at(-1)], ["group:installed", "group:catalogue"]);
    assert.equal(view.getParent(node?.id ?? ""), "group:installed");
    const used = (await view.nodes()).find(
      ({ subject }) => subject.kind === "installed" && subject.model.path === tinyCodeModelPath,
    );
    assert.match(used?.description ?? "", /^chat · completion · loaded/);
  });

  test("copies a header as JSON and as Markdown", async () => {
    restore.push(
      answerDialog("showQuickPick", (items) => (items as { label: string }[]).find(({ label }) => label === "JSON"))
        .restore,
    );
    await run(CommandIds.copyModelHeader, "tiny.Q4_K_M");
    const header = JSON.parse(await vscode.env.clipboard.readText()) as { metadata: Record<string, unknown> };
    assert.equal(header.metadata["general.architecture"], "llama");
    answerDialog("showQuickPick", (items) => (items as { label: string }[]).find(({ label }) => label === "Markdown"));
    await run(CommandIds.copyModelHeader, "tiny.Q4_K_M");
    assert.match(await vscode.env.clipboard.readText(), /^\| `general\.architecture` \| `llama` \|$/m);
  });

  test("verifies a model and says what came of it; a damaged one is marked and can be deleted", async () => {
    const told = answerDialog("showInformationMessage", () => undefined);
    const errors = answerDialog("showErrorMessage", () => undefined);
    restore.push(told.restore, errors.restore);
    await run(CommandIds.verifyModel, "tiny.Q4_K_M");
    assert.match(String(told.asked[0]?.[0]), /tiny\.Q4_K_M is intact/);
    const damaged = Buffer.from(tiny);
    damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1;
    const file = await folders.hub("damaged.gguf", tiny, { repo: "me/damaged" });
    await fs.writeFile(await fs.realpath(file), damaged);
    await run(CommandIds.verifyModel, "damaged");
    assert.match(String(errors.asked[0]?.[0]), /damaged is damaged/);
    assert.deepEqual(errors.asked[0]?.slice(1), ["Delete and Download Again", "Delete"]);
    assert.match((await row("damaged"))?.description ?? "", /^damaged/);
  });

  test("uses a model for completion, and deletes it only after saying whose folder it is and that it is in use", async () => {
    const api = await extensionApi();
    const before = vscode.workspace.getConfiguration("llama2").get<string>("completion.modelPath");
    const setting = (): string | undefined => vscode.workspace.getConfiguration("llama2").get("completion.modelPath");
    try {
      await run(CommandIds.useModelForCompletion, "tiny.Q4_K_M");
      assert.ok(setting()?.startsWith(folders.cacheFolder));
      await modelsReady(api);
      await eventually("the row to say so", async () =>
        ((await row("tiny.Q4_K_M"))?.description ?? "").startsWith("completion · loaded"),
      );
      const declined = answerDialog("showWarningMessage", () => undefined);
      restore.push(declined.restore);
      await run(CommandIds.deleteModel, "tiny.Q4_K_M");
      const { modal, detail } = declined.asked[0]?.[1] as { modal: boolean; detail: string };
      assert.ok(modal);
      assert.match(detail, /others on this machine may use it[^]*in use \(completion\)/);
      assert.ok(setting()?.startsWith(folders.cacheFolder));
      answerDialog("showWarningMessage", (...args) => args.at(-1));
      const told = answerDialog("showInformationMessage", () => undefined);
      restore.push(told.restore);
      await run(CommandIds.deleteModel, "tiny.Q4_K_M");
      assert.equal(setting(), "");
      assert.equal(await row("tiny.Q4_K_M"), undefined);
      assert.match(String(told.asked.at(-1)?.[0]), /is deleted/);
    } finally {
      await configure("completion.modelPath", before);
      await modelsReady(api);
    }
  });

  test("adds an address, reads its header when it is opened and not before, and takes it off again", async () => {
    const entry = `hf:${REMOTE}/remote.gguf`;
    restore.push(
      answerDialog("showQuickPick", (items) =>
        (items as { label: string }[]).find(({ label }) => label.includes("Address")),
      ).restore,
      answerDialog("showInputBox", () => entry).restore,
    );
    const asked = hub.log.length;
    await vscode.commands.executeCommand(CommandIds.addModel);
    assert.deepEqual(vscode.workspace.getConfiguration("llama2").get("models.custom"), [entry]);
    await eventually("its row", async () => (await row("remote.gguf"))?.description === REMOTE);
    assert.equal(hub.log.length, asked, "nothing is asked of the hub");
    const children = await view.getChildren(`custom:${entry}`);
    assert.ok(hub.log.length > asked && children.length >= 2, children.join());
    assert.match(view.node(`custom:${entry}`)?.description ?? "", /CPU only|GPU|does not fit/);
    assert.match(view.node(children[0])?.label ?? "", /llama, .* trained context of/);
    await run(CommandIds.showModelHeader, "remote.gguf");
    await run(CommandIds.removeModelEntry, "remote.gguf");
    assert.deepEqual(vscode.workspace.getConfiguration("llama2").get("models.custom"), []);
    await eventually("its row to go", async () => (await row("remote.gguf")) === undefined);
  });

  test("from the palette asks which model, of those that it can be done with", async () => {
    await folders.hub("other.gguf", tiny, { repo: REPO });
    const picked = answerDialog("showQuickPick", () => undefined);
    restore.push(picked.restore);
    await vscode.commands.executeCommand(CommandIds.copyModelPath);
    const labels = (picked.asked[0]?.[0] as { label: string }[]).map(({ label }) => label);
    assert.ok(labels.includes("other") && labels.includes(path.basename(tinyCodeModelPath, ".gguf")), labels.join());
    await vscode.commands.executeCommand(CommandIds.deleteModel);
    const deletable = (picked.asked[1]?.[0] as { label: string }[]).map(({ label }) => label);
    assert.ok(
      deletable.includes("other") && !deletable.includes(path.basename(tinyCodeModelPath, ".gguf")),
      deletable.join(),
    );
  });
});
